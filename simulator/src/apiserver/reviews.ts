/** Access and self-subject reviews. The kubeconfig's holder is the only user and may do everything. */
import type { IncomingMessage } from 'node:http';
import { groupVersion, LISTED_TYPES } from './resource-types.ts';
import { readObject } from './request.ts';

const USER = { username: 'shopyard-embedded', groups: ['system:masters', 'system:authenticated'] };
const EVERYTHING = {
  resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
  nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
  incomplete: false,
};

const STATUS: Readonly<Record<string, object>> = {
  SelfSubjectAccessReview: { allowed: true, reason: 'the kubeconfig of the embedded cluster allows everything' },
  SelfSubjectRulesReview: EVERYTHING,
  SelfSubjectReview: { userInfo: USER },
};

const KINDS = new Map(
  LISTED_TYPES.filter(({ kind }) => kind in STATUS).map(({ group, version, plural, kind }) => {
    const apiVersion = groupVersion(group, version);
    return [`/apis/${apiVersion}/${plural}`, { kind, apiVersion }];
  }),
);

/** The response to a POST of a review; undefined for other requests. */
export async function reviewOf(pathname: string, req: IncomingMessage): Promise<object | undefined> {
  const found = req.method === 'POST' ? KINDS.get(pathname) : undefined;
  if (!found) return undefined;
  const body = await readObject(req);
  return { ...found, metadata: {}, ...(body?.['spec'] ? { spec: body['spec'] } : {}), status: STATUS[found.kind] };
}
