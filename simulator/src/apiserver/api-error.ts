/** Failures in the API server's own form: a `Status` object with code and reason. */

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  causes?: { reason?: string; message: string; field?: string }[];
  retryAfterSeconds?: number;
}

export interface StatusFields {
  /** HTTP status. */
  code: number;
  reason: string;
  message: string;
  details?: StatusDetails;
}

/** Thrown anywhere below a request; the listener answers with {@link ApiError.toStatus}. */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;

  constructor({ code, reason, message, details }: StatusFields) {
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
  return new ApiError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(type)} "${name}" not found`,
    details: {
      name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.plural,
    },
  });
}

export function alreadyExists(type: Named, name: string): ApiError {
  return new ApiError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(type)} "${name}" already exists`,
    details: {
      name,
      ...(type.group ? { group: type.group } : {}),
      kind: type.plural,
    },
  });
}

export function conflict(type: Named, name: string): ApiError {
  return new ApiError({
    code: 409,
    reason: 'Conflict',
    message:
      `Operation cannot be fulfilled on ${qualified(type)} "${name}": the object has been modified; ` +
      'please apply your changes to the latest version and try again',
    details: { name, kind: type.plural },
  });
}

export function forbidden(type: Named, name: string, why: string): ApiError {
  return new ApiError({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified(type)} "${name}" is forbidden: ${why}`,
    details: {
      name,
      kind: type.plural,
    },
  });
}

export function badRequest(message: string): ApiError {
  return new ApiError({ code: 400, reason: 'BadRequest', message });
}

/** 422 with one cause; `kind` is the object's kind, `field` a path such as `metadata.name`. */
export function invalid(kind: string, name: string, cause: { field: string; message: string }): ApiError {
  return new ApiError({
    code: 422,
    reason: 'Invalid',
    message: `${kind} "${name}" is invalid: ${cause.field}: ${cause.message}`,
    details: {
      name,
      kind,
      causes: [{ reason: 'FieldValueInvalid', ...cause }],
    },
  });
}

export function gone(message: string): ApiError {
  return new ApiError({ code: 410, reason: 'Expired', message });
}
