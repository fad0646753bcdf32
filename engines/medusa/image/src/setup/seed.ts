/** Makes a freshly migrated Medusa a shop that sells a mug: once, on an empty database. */
import type { Scope } from '@medusajs/framework';
import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
  createRegionsWorkflow,
  createShippingOptionsWorkflow,
  createStockLocationsWorkflow,
  createTaxRegionsWorkflow,
  updateStoresWorkflow,
} from '@medusajs/medusa/core-flows';
import { first } from './records.ts';
import type { Settings } from './settings.ts';

const STOCK = 1000;
const PRICE = 12;
const DELIVERY = 5;

type Market = Pick<Settings, 'currency' | 'country'>;

export async function seed(scope: Scope, { currency, country }: Market): Promise<void> {
  // Medusa makes these: store, sales channel and publishable key at its first start, the profile by a migration script.
  const store = await first(scope, { entity: 'store', fields: ['id', 'default_sales_channel_id'] });
  const profile = await first(scope, { entity: 'shipping_profile', filters: { type: 'default' } });
  const channel = store['default_sales_channel_id'];

  const [region] = (
    await createRegionsWorkflow(scope).run({
      input: {
        regions: [
          { name: 'Home', currency_code: currency, countries: [country], payment_providers: ['pp_system_default'] },
        ],
      },
    })
  ).result;
  await createTaxRegionsWorkflow(scope).run({ input: [{ country_code: country, provider_id: 'tp_system' }] });
  const location = await makeWarehouse(scope, { country, channel });
  await updateStoresWorkflow(scope).run({
    input: {
      selector: { id: store['id'] },
      update: {
        supported_currencies: [{ currency_code: currency, is_default: true }],
        default_region_id: region?.['id'],
        default_location_id: location,
      },
    },
  });
  await makeDelivery(scope, { currency, country, location, profile: profile['id'] });
  await makeMug(scope, { currency, location, channel, profile: profile['id'] });
}

/** Returns its id. */
async function makeWarehouse(
  scope: Scope,
  { country, channel }: { country: string; channel: unknown },
): Promise<unknown> {
  const [location] = (
    await createStockLocationsWorkflow(scope).run({
      input: {
        locations: [{ name: 'Warehouse', address: { address_1: '', city: '', country_code: country.toUpperCase() } }],
      },
    })
  ).result;
  const link = scope.resolve('link');
  const stock = { stock_location: { stock_location_id: location?.['id'] } };
  // Without both, nothing is in stock and nothing can be delivered.
  await link.create({ ...stock, fulfillment: { fulfillment_provider_id: 'manual_manual' } });
  await link.create({ sales_channel: { sales_channel_id: channel }, ...stock });
  return location?.['id'];
}

interface Delivery extends Market {
  location: unknown;
  profile: unknown;
}

async function makeDelivery(scope: Scope, { currency, country, location, profile }: Delivery): Promise<void> {
  const set = await scope.resolve('fulfillment').createFulfillmentSets({
    name: 'Delivery',
    type: 'shipping',
    service_zones: [{ name: 'Home', geo_zones: [{ country_code: country, type: 'country' }] }],
  });
  await scope.resolve('link').create({
    stock_location: { stock_location_id: location },
    fulfillment: { fulfillment_set_id: set.id },
  });
  await createShippingOptionsWorkflow(scope).run({
    input: [
      {
        name: 'Standard',
        price_type: 'flat',
        provider_id: 'manual_manual',
        service_zone_id: set.service_zones[0]?.id,
        shipping_profile_id: profile,
        type: { label: 'Standard', description: 'In 2 to 3 days', code: 'standard' },
        prices: [{ currency_code: currency, amount: DELIVERY }],
        // Without them, customers don't see it.
        rules: [
          { attribute: 'enabled_in_store', value: 'true', operator: 'eq' },
          { attribute: 'is_return', value: 'false', operator: 'eq' },
        ],
      },
    ],
  });
}

interface Mug {
  currency: string;
  location: unknown;
  channel: unknown;
  profile: unknown;
}

async function makeMug(scope: Scope, { currency, location, channel, profile }: Mug): Promise<void> {
  await createProductsWorkflow(scope).run({
    input: {
      products: [
        {
          title: 'Sample Mug',
          handle: 'sample-mug',
          description: 'Holds 0.3 litres of what keeps you awake.',
          status: 'published',
          thumbnail: '/mug.svg',
          images: [{ url: '/mug.svg' }],
          shipping_profile_id: profile,
          sales_channels: [{ id: channel }],
          options: [{ title: 'Size', values: ['One size'] }],
          variants: [
            {
              title: 'One size',
              sku: 'sample-mug',
              options: { Size: 'One size' },
              prices: [{ currency_code: currency, amount: PRICE }],
            },
          ],
        },
      ],
    },
  });
  const item = await first(scope, { entity: 'inventory_item', filters: { sku: 'sample-mug' } });
  await createInventoryLevelsWorkflow(scope).run({
    input: {
      inventory_levels: [{ inventory_item_id: item['id'], location_id: location, stocked_quantity: STOCK }],
    },
  });
}
