/** Expands variable references in a container's environment, as the kubelet does. */

/**
 * `$(NAME)` becomes the variable's value, or stays as it is if there is none; `$$` becomes `$`, so that `$$(NAME)` is
 * never a reference. Any other `$` stays.
 */
export function expandReferences(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$(?:(\$)|\(([^)]*)\))/g, (whole: string, escaped?: string, name?: string) =>
    escaped ? '$' : (variables.get(name ?? '') ?? whole),
  );
}
