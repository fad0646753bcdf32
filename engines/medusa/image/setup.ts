/**
 * Makes the database what serve.ts needs. May be killed anywhere and run again; with nothing to do it takes a tenth of a
 * second. Its last line reports the versions, as does its termination message.
 */
import { writeFileSync } from 'node:fs';
import { connect } from './src/setup/database.ts';
import { Refused } from './src/setup/refused.ts';
import { setUp } from './src/setup/set-up.ts';
import { readSettings } from './src/setup/settings.ts';

/** The Job doesn't try again: the same values would be refused again. */
const REFUSED = 64;

const say = (line: string): void => void process.stdout.write(`setup: ${line}\n`);

try {
  say('database');
  const settings = readSettings(process.env);
  const client = await connect(settings.databaseUrl);
  try {
    const versions = JSON.stringify(await setUp(client, { settings, say }));
    say(`versions ${versions}`);
    report(versions);
    say('done');
  } finally {
    await client.end();
  }
} catch (error) {
  process.stderr.write(`setup: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Refused ? REFUSED : 1;
}

/** Not every runtime has a file for it. */
function report(versions: string): void {
  try {
    writeFileSync('/dev/termination-log', versions, { flag: 'r+' });
  } catch {
    // The log has it too.
  }
}
