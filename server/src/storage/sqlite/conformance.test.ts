import { describeStorage } from '../conformance/conformance.ts';
import { openDatabase } from './database.ts';
import { createSqliteStorage } from './sqlite-storage.ts';

describeStorage(async (urlOf) => createSqliteStorage(await openDatabase(':memory:'), urlOf));
