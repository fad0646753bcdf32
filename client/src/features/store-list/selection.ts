/** The selected stores, kept in the address. Pure. */

/** Ids of the selected stores. Also reads `ticked`, the parameter's name in 0.1, so that old links keep working. */
export function parseSelection(params: URLSearchParams): Set<string> {
  return new Set((params.get('selected') ?? params.get('ticked') ?? '').split(',').filter(Boolean));
}

/** Address parameters for a selection; removes the old one. */
export function selectionParams(ids: ReadonlySet<string>): { selected: string; ticked: undefined } {
  return { selected: [...ids].join(','), ticked: undefined };
}
