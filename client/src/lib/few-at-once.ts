/** Calls `act` for each item, at most `limit` at once. Resolves with the results, in the order of the items. */
export async function fewAtOnce<Item, Result>(
  items: readonly Item[],
  limit: number,
  act: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [at, item] of queue) results[at] = await act(item);
  };
  await Promise.all(Array.from({ length: limit }, work));
  return results;
}
