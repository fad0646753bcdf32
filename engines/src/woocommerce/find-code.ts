/** Finds WordPress and WooCommerce for the embedded cluster. */
import type { CodePlaces, FoundCode } from '../embedded-code.ts';

export function findCode({ cache, environment, at, exists }: CodePlaces): FoundCode {
  const zips = {
    wordpress: at(environment['SHOPYARD_WORDPRESS_ZIP'] ?? `${cache}/wordpress-7.1.zip`),
    woocommerce: at(environment['SHOPYARD_WOOCOMMERCE_ZIP'] ?? `${cache}/woocommerce-11.0.1.zip`),
  };
  const missing = Object.values(zips).filter((zip) => !exists(zip));
  return missing.length > 0 ? { missing } : { options: { zips }, missing };
}
