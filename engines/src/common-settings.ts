/** What people set in stores of any engine, in their words. */
import type { Setting } from '@shopyard/contracts';

export type Row = readonly [field: string, label: string, hint: string];

export const SIZE: readonly Row[] = [
  ['size', 'Size', 'Sets CPU, memory, disk and limits together. Disks can grow but never shrink.'],
];

export const ADDRESS: readonly Row[] = [
  ['ingress.host', 'Domain', "The shop's own domain, such as shop.example.com. Its DNS must point to this cluster."],
  ['ingress.enabled', 'Reachable from outside', "Creates an Ingress for the cluster's ingress controller."],
  ['ingress.tls.enabled', 'HTTPS', 'Needs a certificate: from cert-manager, or in the secret that ingress.tls names.'],
];

export const REGISTRY: Row = [
  'global.imageRegistry',
  'Registry mirror',
  'Goes before every image name and ends with a slash, such as registry.example.com/.',
];

/** `key`: the component's section of the values. */
export const resourceRows = (key: string, title: string): Row[] => [
  [`${key}.resources.requests.cpu`, `${title} CPU`, 'Reserved, such as 250m or 1. If empty, the size decides.'],
  [`${key}.resources.requests.memory`, `${title} memory`, 'Reserved, such as 512Mi. If empty, the size decides.'],
  [
    `${key}.resources.limits.memory`,
    `${title} memory limit`,
    'It is restarted if it uses more, such as 1Gi. If empty, the size decides.',
  ],
];

export function group(name: string, rows: readonly Row[]): Setting[] {
  return rows.map(([field, label, hint]) => ({ path: field.split('.'), label, hint, group: name }));
}

/** Settings of the shop itself, which lead to nothing outside it: whoever may change a store may set them. */
export function tenantGroup(name: string, rows: readonly Row[]): Setting[] {
  return group(name, rows).map((setting) => ({ ...setting, tenant: true }));
}
