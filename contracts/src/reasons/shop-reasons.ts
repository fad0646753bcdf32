/** Reasons about what a customer meets in the shop. */
import { spec } from './reason-spec.ts';

export const SHOP_REASONS = {
  NothingToBuy: spec('Nothing to buy', 'The shop offers no product that can be bought now.', 'Publish one, in stock.'),
  NoPayment: spec('No payment method', 'The checkout offers no payment method.', 'Enable one in WooCommerce.'),
  ComingSoon: spec('Coming soon', 'The shop\'s site visibility is "Coming soon".', 'Make it live in wp-admin.'),
  ClosedToVisitors: spec(
    'Closed to visitors',
    'The shop lets only its merchant in.',
    'Turn the maintenance plugin off.',
  ),
  NoCashOnDelivery: spec(
    'No cash on delivery',
    'The checkout offers no cash on delivery.',
    'Enable it in WooCommerce.',
  ),
  NoAnswer: spec('No answer', 'The shop does not answer.', 'Read the log of the pod that serves the shop.'),
  PageFails: spec(
    'Page fails',
    'A page of the shop answers with an error.',
    'Read the log of the pod that serves the shop.',
  ),
  ProductNotShown: spec('Product not shown', 'The product page does not show its product.', 'Check theme and plugins.'),
  CartFails: spec('Cart fails', 'The cart answers with an error.', 'Read the log of the pod that serves the shop.'),
  CartRefuses: spec(
    'Cart refuses',
    'The cart refuses a product that should be sold.',
    'Check the product and the plugins.',
  ),
  NoStoreApi: spec('No Store API', "WooCommerce's Store API does not answer.", 'Check that WooCommerce is active.'),
} as const;
