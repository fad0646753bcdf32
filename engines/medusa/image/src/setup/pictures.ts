/** The addresses of a store's pictures, which begin with its own address. */
import type { Client } from 'pg';

const COLUMNS = ['image.url', 'product.thumbnail'];

/** Moves them to another address of the store. */
export async function movePictures(client: Client, { from, to }: { from: string; to: string }): Promise<void> {
  for (const name of COLUMNS) {
    const [table = '', column = ''] = name.split('.');
    await client.query(
      `update ${table} set ${column} = $2 || substr(${column}, length($1) + 1) where starts_with(${column}, $1 || '/static/')`,
      [from, to],
    );
  }
}
