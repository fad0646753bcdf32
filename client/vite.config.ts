import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server that `vite` (development) passes API calls to. */
const SERVER = 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: { target: 'es2022' },
  server: {
    proxy: { '/trpc': { target: SERVER, ws: true }, '/stores': SERVER, '/platform': SERVER, '/openapi.json': SERVER },
  },
});
