export interface RestRoute {
  type: 'query' | 'mutation';
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Parameters are written as `{id}`. */
  path: `/${string}`;
  /** 202: accepted, the work has only started. */
  status: 200 | 202;
  summary: string;
}
