import type { Handler } from '../../storefront/handle.ts';
import { sendAsset } from '../../storefront/page.ts';
import { STYLE } from '../../storefront/style.ts';

export const GET: Handler = async (_req, res) => sendAsset(res, { type: 'text/css; charset=utf-8', text: STYLE });
