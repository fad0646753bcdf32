/** Products → Import in wp-admin, with the requests that its pages and script send. */
import { type Open, cookiesOf, logIn } from './shopper.ts';

const PAGE = '/wp-admin/edit.php?post_type=product&page=product_importer';

export interface Imported {
  imported: number;
  failed: number;
  skipped: number;
  /** Status of each request. */
  statuses: number[];
}

/** A catalogue of `rows` products, as a spreadsheet exports it. */
export function catalogue(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, row) => `simple,ROW-${row},Imported ${row},1,Made of row ${row},${row % 90}.50,Shelf ${row % 7}`,
  );
  return ['Type,SKU,Name,Published,Short description,Regular price,Categories', ...lines, ''].join('\n');
}

/** Imports all of `csv`. Throws an Error with the first unsuccessful answer. */
export async function importProducts(
  open: Open,
  { login, csv }: { login: { username: string; password: string }; csv: string },
): Promise<Imported> {
  const statuses: number[] = [];
  const Cookie = cookiesOf(await logIn(open, login));
  const ask: Open = async (path, visit = {}) => {
    const page = await open(path, { ...visit, headers: { ...visit.headers, Cookie } });
    statuses.push(page.status);
    if (page.status >= 400) throw new Error(`${path} answers ${page.status}: ${page.body.slice(0, 300)}`);
    return page;
  };
  const post = (path: string, form: URLSearchParams): ReturnType<Open> =>
    ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });

  const upload = await ask(PAGE);
  const fields = {
    action: 'save',
    update_existing: '0',
    delimiter: ',',
    save_step: 'Continue',
    _wpnonce: nonceOf(upload.body),
  };
  const boundary = 'product-import';
  const parts = Object.entries(fields).map(([name, value]) => part(boundary, `name="${name}"`, value));
  const file = part(boundary, 'name="import"; filename="products.csv"\r\nContent-Type: text/csv', csv);
  const mapping = await ask(PAGE, {
    method: 'POST',
    headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}${file}--${boundary}--\r\n`,
  });
  const step = pathOf(mapping.headers['location']);
  const form = await ask(step);
  const columns = new URLSearchParams(hiddenFields(form.body));
  columns.set('save_step', 'Run the importer');
  for (const [index, chosen] of chosenColumns(form.body).entries()) columns.set(`map_to[${index}]`, chosen);
  const action = unescaped(/<form class="wc-progress-form-content[^>]*action="([^"]+)"/.exec(form.body)?.[1] ?? '');
  const progress = await post(pathOf(action), columns);
  return { ...(await runBatches(post, progress.body)), statuses };
}

async function runBatches(
  post: (path: string, form: URLSearchParams) => ReturnType<Open>,
  page: string,
): Promise<Omit<Imported, 'statuses'>> {
  const text = /var wc_product_import_params = (\{.*?\});/.exec(page)?.[1];
  if (!text) throw new Error('the import does not begin');
  const params = JSON.parse(text) as Record<string, string> & { mapping: Record<'from' | 'to', string[]> };
  const total = { imported: 0, failed: 0, skipped: 0 };
  for (let position: number | string = 0; position !== 'done';) {
    const batch = new URLSearchParams({
      action: 'woocommerce_do_ajax_product_import',
      position: String(position),
      file: String(params['file']),
      delimiter: String(params['delimiter']),
      update_existing: '',
      character_encoding: '',
      security: String(params['import_nonce']),
    });
    for (const side of ['from', 'to'] as const)
      for (const [index, value] of Object.entries(params.mapping[side])) batch.set(`mapping[${side}][${index}]`, value);
    const answer = await post('/wp-admin/admin-ajax.php', batch);
    const { success, data } = JSON.parse(answer.body) as { success: boolean; data: Record<string, number> };
    if (!success) throw new Error(`the import answers ${answer.body.slice(0, 300)}`);
    for (const name of ['imported', 'failed', 'skipped'] as const) total[name] += data[name] ?? 0;
    position = data['position'] ?? 'done';
  }
  return total;
}

const part = (boundary: string, head: string, text: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${text}\r\n`;

function nonceOf(html: string): string {
  const nonce = /name="_wpnonce" value="(\w+)"/.exec(html)?.[1];
  if (!nonce) throw new Error(`this page has no form: ${html.slice(0, 300)}`);
  return nonce;
}

function hiddenFields(html: string): Record<string, string> {
  const found = [...html.matchAll(/<input type="hidden"[^>]*? name="([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]));
}

/** The field that the page suggests for each column. */
function chosenColumns(html: string): string[] {
  return [...html.matchAll(/<select name="map_to\[\d+\]">(.*?)<\/select>/gs)].map(
    ([, options = '']) => /<option value="([^"]*)"\s+selected/.exec(options)?.[1] ?? '',
  );
}

function pathOf(address: string | string[] | undefined): string {
  const { pathname, search } = new URL(String(address), 'http://localhost/wp-admin/');
  return pathname + search;
}

const unescaped = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&#038;', '&').replaceAll('&quot;', '"');
