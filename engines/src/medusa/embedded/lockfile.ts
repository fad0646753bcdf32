/** npm's lockfiles of the two projects. They name no registry: whose npm it is knows its own. */
import { readFileSync, writeFileSync } from 'node:fs';

interface Locked {
  /** Where the folder is named otherwise than the package. */
  name?: string;
  version?: string;
  integrity?: string;
  resolved?: string;
  os?: string[];
  cpu?: string[];
}

interface Lockfile {
  /** By folder. */
  packages: Record<string, Locked>;
}

// Written by npm.
const read = (file: string): Lockfile => JSON.parse(readFileSync(file, 'utf8')) as Lockfile;

/** How many packages npm fetches for this machine. */
export function countPackages(file: string): number {
  const isOurs = ({ integrity, os, cpu }: Locked): boolean =>
    integrity !== undefined && (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true);
  return Object.values(read(file).packages).filter(isOurs).length;
}

/**
 * Writes into the lockfile where this registry has each package. Without, npm first asks it about every package, which takes
 * two thirds of the time of an installation.
 */
export function addAddresses(file: string, registry: string): void {
  if (!URL.canParse(registry)) return;
  const lockfile = read(file);
  for (const [folder, locked] of Object.entries(lockfile.packages)) {
    if (locked.integrity === undefined) continue;
    const name = locked.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const archive = `${name.slice(name.lastIndexOf('/') + 1)}-${locked.version}.tgz`;
    locked.resolved ??= new URL(`${name}/-/${archive}`, registry.endsWith('/') ? registry : `${registry}/`).href;
  }
  writeFileSync(file, JSON.stringify(lockfile));
}
