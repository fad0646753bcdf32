/**
 * What we use of Medusa, whose packages are installed in the image alone: Shopyard's own install and its checks do without
 * their thousand dependencies.
 */
declare module '@medusajs/framework' {
  interface Auth {
    listAuthIdentities(filters: object): Promise<{ id: string; app_metadata?: Record<string, unknown> | null }[]>;
    register(provider: string, data: { body: object }): Promise<{ authIdentity?: { id: string }; error?: string }>;
    updateAuthIdentities(update: object): Promise<unknown>;
  }
  interface Fulfillment {
    createFulfillmentSets(set: object): Promise<{ id: string; service_zones: { id: string }[] }>;
  }
  interface Services {
    query: { graph(query: object): Promise<{ data: Record<string, unknown>[] }> };
    link: { create(link: object): Promise<unknown> };
    auth: Auth;
    fulfillment: Fulfillment;
    cart: { deleteCarts(ids: string[]): Promise<void> };
    __pg_connection__: {
      raw(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
    };
  }
  export const container: Scope;
  /** Medusa's container: its services by name. */
  export interface Scope {
    resolve<Name extends keyof Services>(name: Name): Services[Name];
  }
}

declare module '@medusajs/framework/utils' {
  export function defineConfig(config: object): object;
}

declare module '@medusajs/framework/http' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { Scope } from '@medusajs/framework';

  export interface AuthContext {
    actor_id: unknown;
    /** Such as `user` for an administrator. */
    actor_type: string;
    auth_identity_id?: string;
    app_metadata?: object;
    user_metadata?: object;
  }
  export interface Request extends IncomingMessage {
    scope: Scope;
    params: Record<string, string>;
    query: Record<string, unknown>;
    body: unknown;
    originalUrl: string;
    ip?: string;
    session: { auth_context?: AuthContext };
  }
  export type Response = ServerResponse;
  export function defineMiddlewares(config: object): object;
}

declare module '@medusajs/medusa/commands/start' {
  /** CommonJS, whose exports are all in the default. */
  const command: { default(options: { directory: string; port: string; host?: string }): Promise<unknown> };
  export default command;
}

declare module '@medusajs/medusa/core-flows' {
  import type { Scope } from '@medusajs/framework';

  type Workflow = (scope: Scope) => {
    run(options: { input: unknown }): Promise<{ result: Record<string, unknown>[] }>;
  };
  export const createInventoryLevelsWorkflow: Workflow;
  export const createProductsWorkflow: Workflow;
  export const createRegionsWorkflow: Workflow;
  export const createShippingOptionsWorkflow: Workflow;
  export const createStockLocationsWorkflow: Workflow;
  export const createTaxRegionsWorkflow: Workflow;
  export const createUsersWorkflow: Workflow;
  export const updateStoresWorkflow: Workflow;
}

declare module 'pg' {
  export class Client {
    constructor(url: string);
    connect(): Promise<void>;
    end(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): this;
    query(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  }
}
