/** A store's folder looks like the application: Medusa serves the pictures that are below the folder that it runs in. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const SHARED = ['node_modules', 'public', 'src', 'medusa-config.js', 'package.json'];

/** Links it into the store's folder. Returns the folder for pictures. */
export function linkApplication(application: string, folder: string): string {
  const pictures = join(folder, 'static');
  mkdirSync(pictures, { recursive: true });
  for (const name of SHARED) {
    rmSync(join(folder, name), { force: true, recursive: true });
    symlinkSync(join(application, name), join(folder, name));
  }
  return pictures;
}
