/** Failures in the API server's own form: a `Status` object with code and reason. */

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  causes?: { reason?: string; message: string; field?: string }[];
  retryAfterSeconds?: number;
}

/** Thrown anywhere below a request; the listener answers with {@link ApiError.toStatus}. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;

  // oxlint-disable-next-line max-params -- the four fields of a Status
  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  toStatus(): object {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

interface Named {
  group: string;
  plural: string;
}

const qualified = (type: Named): string => (type.group === '' ? type.plural : `${type.plural}.${type.group}`);

export function notFound(type: Named, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${qualified(type)} "${name}" not found`, {
    name,
    ...(type.group ? { group: type.group } : {}),
    kind: type.plural,
  });
}

export function alreadyExists(type: Named, name: string): ApiError {
  return new ApiError(409, 'AlreadyExists', `${qualified(type)} "${name}" already exists`, {
    name,
    ...(type.group ? { group: type.group } : {}),
    kind: type.plural,
  });
}

export function conflict(type: Named, name: string): ApiError {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(type)} "${name}": the object has been modified; ` +
      'please apply your changes to the latest version and try again',
    { name, kind: type.plural },
  );
}

export function forbidden(type: Named, name: string, why: string): ApiError {
  return new ApiError(403, 'Forbidden', `${qualified(type)} "${name}" is forbidden: ${why}`, {
    name,
    kind: type.plural,
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** 422 with one cause; `kind` is the object's kind, `field` a path such as `metadata.name`. */
export function invalid(kind: string, name: string, cause: { field: string; message: string }): ApiError {
  return new ApiError(422, 'Invalid', `${kind} "${name}" is invalid: ${cause.field}: ${cause.message}`, {
    name,
    kind,
    causes: [{ reason: 'FieldValueInvalid', ...cause }],
  });
}

export function gone(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}
