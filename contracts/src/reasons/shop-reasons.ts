/** Reasons about what a customer meets in the shop. */
import { spec } from './reason-spec.ts';

export const SHOP_REASONS = {
  NothingToBuy: spec(
    'Nothing to buy',
    'The shop offers no product that can be bought now.',
    'Publish a product that is in stock.',
  ),
  NoPayment: spec(
    'No payment method',
    'The checkout offers no payment method.',
    "Enable one in the shop's payment settings.",
  ),
  ComingSoon: spec('Coming soon', 'The shop\'s site visibility is "Coming soon".', 'Make it live in WP admin.'),
  ClosedToVisitors: spec(
    'Closed to visitors',
    'Only signed-in merchants can see the shop.',
    'Turn off the plugin that closes it, such as one for maintenance.',
  ),
  NoCashOnDelivery: spec(
    'No cash on delivery',
    'The checkout offers no cash on delivery.',
    "Enable it in the shop's payment settings.",
  ),
  NoAnswer: spec('No answer', "The shop doesn't answer.", 'Read the log of the pod that serves the shop.'),
  PageFails: spec(
    'Page fails',
    'A page of the shop answers with an error.',
    'Read the log of the pod that serves the shop.',
  ),
  ProductNotShown: spec(
    'Product not shown',
    "A product's page doesn't show the product.",
    'Check the theme and the plugins.',
  ),
  CartFails: spec('Cart fails', 'The cart answers with an error.', 'Read the log of the pod that serves the shop.'),
  CartRefuses: spec(
    'Cart refuses',
    'The cart refuses a product that should be sold.',
    'Check the product and the plugins.',
  ),
  NoStoreApi: spec(
    'No Store API',
    "The shop's Store API doesn't answer.",
    'Check that WooCommerce is active, or that a Medusa shop has a publishable key.',
  ),
} as const;
