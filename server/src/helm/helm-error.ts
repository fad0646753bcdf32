/** Helm's failures by kind. All exit with code 1, so this file alone matches stderr. */

export type HelmErrorKind =
  | 'cancelled'
  | 'timed-out'
  | 'not-found'
  | 'operation-pending'
  | 'invalid-values'
  | 'invalid-object'
  | 'too-large'
  | 'ownership'
  | 'forbidden'
  | 'immutable'
  | 'refused'
  | 'quota'
  | 'namespace-missing'
  | 'namespace-terminating'
  | 'unreachable'
  | 'webhook-unreachable'
  | 'other';

export class HelmError extends Error {
  readonly kind: HelmErrorKind;

  constructor(kind: HelmErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'HelmError';
    this.kind = kind;
  }
}

/** In order: the first that fits names the kind. */
const PATTERNS: readonly [pattern: RegExp, kind: HelmErrorKind][] = [
  [/another operation \(install\/upgrade\/rollback\) is in progress/, 'operation-pending'],
  [/values don't meet the specifications of the schema/, 'invalid-values'],
  [/cannot be imported into the current release|invalid ownership metadata/, 'ownership'],
  [/because it is being terminated/, 'namespace-terminating'],
  [/namespaces? "?[^"]*"? not found/, 'namespace-missing'],
  [/exceeded quota/, 'quota'],
  // RBAC's refusals alone name the user; all other "is forbidden" come from admission.
  [/is forbidden: (User |user )|is forbidden by RBAC/, 'forbidden'],
  [
    /field is immutable|is immutable after creation|updates to \w+ spec for fields other than|may not change once set|field can not be less than|must support resize|cannot change roleRef/,
    'immutable',
  ],
  [/is forbidden|admission webhook .* denied the request|ValidatingAdmissionPolicy .* denied request/, 'refused'],
  [/failed calling webhook/, 'webhook-unreachable'],
  [
    /connection refused|connection reset|i\/o timeout|no such host|EOF|cluster unreachable|TLS handshake|the server is currently unable|server has asked for the client to provide credentials|etcdserver/i,
    'unreachable',
  ],
  [/release: not found/, 'not-found'],
  [
    / is invalid: |error validating data|unable to decode|parse error|execution error|YAML parse|cannot unmarshal/,
    'invalid-object',
  ],
];

/** The embedded cluster's URL is its credential: helm prints the URL that it can't reach. */
const SECRET_PATH = /(https?:\/\/[^/\s"]+)\/[0-9a-f]{32}(?![0-9a-zA-Z])/g;

/** Lines that are no error: warnings, and helm's notes that it follows a symbolic link (`level=` in helm 4, `walk.go` in helm 3). */
const NOTES = /^(level=|WARNING:|W\d{4}|I\d{4}|walk\.go:\d+:).*\n?/gm;

/** Converts helm's stderr to an error, without prefix and notes. */
export function helmErrorOf(stderr: string): HelmError {
  const text = stderr
    .replaceAll(NOTES, '')
    .replace(/^Error: /m, '')
    .replaceAll(SECRET_PATH, '$1')
    .trim();
  const kind = PATTERNS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
  return new HelmError(kind, text.slice(0, 2000) || 'Helm failed without a message.');
}
