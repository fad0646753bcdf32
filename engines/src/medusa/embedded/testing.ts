/** Programs that stand in for PostgreSQL's, for tests. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes a folder that looks complete. */
const INITDB = `#!/bin/sh
for arg; do case $arg in --pgdata=*) mkdir -p "\${arg#--pgdata=}"; echo 18 >"\${arg#--pgdata=}/PG_VERSION" ;; esac; done
`;
/** Has a socket until it is interrupted; a shell could not be, as the one that starts it in the background ignores that for it. */
const POSTGRES = `#!${process.execPath}
const { rmSync, writeFileSync } = require('node:fs');
const [, , , data] = process.argv;
const sockets = process.argv.find((arg) => arg.startsWith('unix_socket_directories='));
const socket = sockets.split('=')[1] + '/.s.PGSQL.5432';
process.on('SIGINT', () => { rmSync(socket, { force: true }); process.exit(0); });
writeFileSync(data + '/pid', String(process.pid));
writeFileSync(socket, '');
setInterval(() => undefined, 60_000);
`;

/** Puts them into the folder. */
export function writePrograms(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries({ initdb: INITDB, postgres: POSTGRES })) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}
