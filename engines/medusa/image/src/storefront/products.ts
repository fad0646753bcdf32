/** The pages of products: a list with search and pages, and one product with its options. */
import { countOf } from './fields.ts';
import { type Html, markup } from './html.ts';
import { NotFound } from './not-found.ts';
import type { Shop } from './shop.ts';
import type { Option, Product, Variant } from './types.ts';
import { isBuyable, picture, priceFrom, priceOf } from './views.ts';

const PER_PAGE = 12;
const MAX_PAGE = 10_000;
const OF_VARIANT = '*variants.calculated_price,+variants.inventory_quantity';

export interface Listing {
  search: string;
  /** From 1. */
  page: number;
  products: Product[];
  pages: number;
}

export async function listProducts(shop: Shop, query: object, search: string): Promise<Listing> {
  const page = Math.max(1, countOf(query, 'page', MAX_PAGE) ?? 1);
  const { id } = await shop.region();
  const fields = `title,handle,thumbnail,${OF_VARIANT}`;
  const wanted = new URLSearchParams({
    region_id: id,
    limit: `${PER_PAGE}`,
    offset: `${(page - 1) * PER_PAGE}`,
    fields,
  });
  if (search) wanted.set('q', search);
  const { products, count } = await shop.ask<{ products: Product[]; count: number }>(`/products?${wanted.toString()}`);
  return { search, page, products, pages: Math.ceil(count / PER_PAGE) };
}

export function listingView({ search, page, products, pages }: Listing): Html {
  if (products.length === 0)
    return search
      ? markup`<p>Nothing matches “${search}”. <a href="/">Show all products</a></p>`
      : markup`<p>There is nothing to buy at the moment.</p>`;
  const pageLink = (to: number, label: string, rel: string): Html => {
    const query = new URLSearchParams({ ...(search && { q: search }), page: String(to) }).toString();
    return markup`<a rel="${rel}" href="/?${query}">${label}</a>`;
  };
  const nav = markup`<nav class="pages" aria-label="Pages">${page > 1 && pageLink(page - 1, 'Previous', 'prev')}
<span>Page ${page} of ${pages}</span>${page < pages && pageLink(page + 1, 'Next', 'next')}</nav>`;
  return markup`<ul class="products">${products.map(card)}</ul>${pages > 1 && nav}`;
}

function card(product: Product): Html {
  const isOut = !(product.variants ?? []).some(isBuyable);
  return markup`<li><a href="/products/${encodeURIComponent(product.handle)}">${picture(product)}<h2>${product.title}</h2></a>
<span class="price">${priceFrom(product)}</span>${isOut && markup` <span class="soft">Out of stock</span>`}</li>
`;
}

/** Rejects with NotFound. */
export async function findProduct(shop: Shop, handle: string): Promise<Product> {
  const { id } = await shop.region();
  const fields = `title,handle,description,thumbnail,*images,*options,*options.values,*variants.options,${OF_VARIANT}`;
  const wanted = new URLSearchParams({ handle, region_id: id, limit: '1', fields }).toString();
  const { products } = await shop.ask<{ products: Product[] }>(`/products?${wanted}`);
  const [product] = products;
  if (!product) throw new NotFound();
  return product;
}

/** What a visitor chose, by the option's id. */
export type Choice = Readonly<Record<string, string>>;

/** The variant that has everything that was chosen. A product with one variant needs no choice. Pure. */
export function chosenVariant({ variants = [] }: Product, choice: Choice): Variant | undefined {
  if (variants.length === 1) return variants[0];
  return variants.find(({ options = [] }) => options.every(({ option_id: option, value }) => choice[option] === value));
}

export function productView(product: Product, choice: Choice, error?: string): Html {
  const { title, description, thumbnail, variants = [], options = [], images = [] } = product;
  const urls = images.length > 0 ? images.map(({ url }) => url) : [thumbnail];
  const pictures = urls.map((url, index) =>
    picture({ title, thumbnail: url }, urls.length > 1 ? `${title}, picture ${index + 1}` : title),
  );
  const choices = options.map((option) => optionView(option, { choice, hasError: error !== undefined }));
  const hasChoice = variants.length > 1;
  const form = markup`<form method="post" action="/products/${encodeURIComponent(product.handle)}">${hasChoice && choices}
<label for="quantity">Quantity</label><input id="quantity" type="number" name="quantity" value="1" min="1" max="99" required>
<p><button>Add to cart</button></p></form>`;
  return markup`<div class="product"><div class="pictures">${pictures}</div>
<div><p class="price">${priceFrom(product)}</p>
${error && markup`<p class="error" id="choice-error" role="alert">${error}</p>`}
${variants.some(isBuyable) ? form : markup`<p><strong>Out of stock</strong></p>`}
${hasChoice && markup`<ul>${variants.map(variantView)}</ul>`}
${(description ?? '').split(/\n+/).map((paragraph) => paragraph && markup`<p>${paragraph}</p>`)}</div></div>`;
}

const variantView = (variant: Variant): Html =>
  markup`<li>${variant.title}: ${priceOf(variant)}${!isBuyable(variant) && ' (out of stock)'}</li>`;

function optionView({ id, title, values }: Option, { choice, hasError }: { choice: Choice; hasError: boolean }): Html {
  const list = values.map(({ value }) => markup`<option${choice[id] === value && markup` selected`}>${value}</option>`);
  const error = hasError && markup` aria-invalid="true" aria-describedby="choice-error"`;
  return markup`<label for="${id}">${title}</label>
<select id="${id}" name="${id}" required${error}><option value="">Choose</option>${list}</select>`;
}
