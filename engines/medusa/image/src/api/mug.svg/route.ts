import type { Handler } from '../../storefront/handle.ts';
import { sendAsset } from '../../storefront/page.ts';
import { MUG } from '../../storefront/style.ts';

export const GET: Handler = async (_req, res) => sendAsset(res, { type: 'image/svg+xml', text: MUG });
