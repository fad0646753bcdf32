/** Medusa's configuration. Plain JavaScript: Medusa looks for it without naming an extension. */
import { defineConfig } from '@medusajs/framework/utils';

const {
  DATABASE_URL,
  JWT_SECRET,
  COOKIE_SECRET,
  STORE_URL = '',
  UPLOAD_DIR = 'static',
  PRIVATE_DIR = '/tmp/private',
} = process.env;

export default defineConfig({
  projectConfig: {
    databaseUrl: DATABASE_URL,
    // In production Medusa's session cookie is Secure: over http a login would answer 200 and set none.
    cookieOptions: { sameSite: 'lax', secure: STORE_URL.startsWith('https://') },
    // No other site's pages may call it.
    http: {
      storeCors: STORE_URL,
      adminCors: STORE_URL,
      authCors: STORE_URL,
      jwtSecret: JWT_SECRET,
      cookieSecret: COOKIE_SECRET,
    },
  },
  modules: [
    {
      resolve: '@medusajs/medusa/file',
      options: {
        providers: [
          // By default every picture's address begins with http://localhost:9000.
          {
            resolve: '@medusajs/medusa/file-local',
            id: 'local',
            options: {
              upload_dir: UPLOAD_DIR,
              // By default exports of orders lie beside the pictures, open to whoever guesses their names.
              private_upload_dir: PRIVATE_DIR,
              backend_url: `${STORE_URL}/static`,
            },
          },
        ],
      },
    },
  ],
});
