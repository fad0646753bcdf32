/**
 * Makes an HTML mail safe to look at. The sandbox of its frame and the policy in the document are what holds: no script,
 * no form, nothing remote. What is removed besides would reach the network in ways that no policy covers, such as
 * resolving a name ahead, or fill the console with refusals.
 */

export const SANDBOX = 'allow-popups allow-popups-to-escape-sandbox';

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
const HEAD = `<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width">
<style>:root { color-scheme: light; } body { overflow-wrap: anywhere; font-family: system-ui, sans-serif; } img { max-width: 100%; }</style>`;

const REMOVED =
  'script, base, meta, link, iframe, frame, frameset, object, embed, applet, noscript, template, video, audio';
const LOADING = new Set([
  'src',
  'srcset',
  'background',
  'poster',
  'data',
  'lowsrc',
  'dynsrc',
  'ping',
  'action',
  'formaction',
]);

export interface SafeMail {
  /** For `srcdoc` of a frame with the sandbox above. */
  srcdoc: string;
  /** Its readable text, with line breaks. */
  text: string;
  /** Images that would have to be fetched. */
  remoteImages: number;
}

export function toSafeMail(message: string): SafeMail {
  const { head, body } = new DOMParser().parseFromString(message, 'text/html');
  for (const element of [...head.querySelectorAll(REMOVED), ...body.querySelectorAll(REMOVED)]) element.remove();
  const remoteImages = [...body.querySelectorAll('img')].filter((image) => isRemote(image.getAttribute('src'))).length;
  for (const element of [body, ...body.querySelectorAll('*')]) clean(element);
  const styles = [...head.querySelectorAll('style')].map((style) => style.outerHTML).join('\n');
  return {
    srcdoc: `<!doctype html><html><head>${HEAD}${styles}</head>${body.outerHTML}</html>`,
    text: textOf(body),
    remoteImages,
  };
}

function clean(element: Element): void {
  for (const name of element.getAttributeNames()) {
    const value = element.getAttribute(name) ?? '';
    const isLoading = LOADING.has(name) && !value.startsWith('data:image/');
    const isLink = name === 'href' || name === 'xlink:href';
    if (name.startsWith('on') || isLoading || (isLink && !isFollowed(element, value))) element.removeAttribute(name);
  }
  if (!element.hasAttribute('href')) return;
  element.setAttribute('target', '_blank');
  element.setAttribute('rel', 'noopener noreferrer');
}

/** Only a click may follow a link, and only out of the dashboard. */
function isFollowed(element: Element, href: string): boolean {
  return ['a', 'area'].includes(element.localName) && /^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim());
}

function isRemote(src: string | null): boolean {
  return src !== null && !src.startsWith('data:');
}

const LINES = new Set(['div', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'p', 'pre', 'table', 'tr', 'ul', 'ol']);
const CELLS = new Set(['td', 'th']);

/** A line per block and row, a gap between cells. */
function textOf(node: Node): string {
  return rawText(node)
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function rawText(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replaceAll(/\s+/g, ' ');
  if (!(node instanceof Element) || node.localName === 'style') return '';
  const inner = [...node.childNodes].map(rawText).join('');
  if (node.localName === 'br') return '\n';
  if (LINES.has(node.localName)) return `\n${inner}\n`;
  return CELLS.has(node.localName) ? `${inner}  ` : inner;
}

/** For mail of stores that don't keep the format. */
export function looksLikeHtml(message: string): boolean {
  return /<(?:!doctype|html|body|head|table|div|p|br|h[1-6])\b/i.test(message);
}
