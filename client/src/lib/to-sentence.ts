/**
 * A message of the server as a sentence, with a capital and a full stop. A field's path, a quoted value or another code at
 * its beginning stays as it is.
 */
export function toSentence(message: string): string {
  const text = /^[a-z][a-z'’]*[ ,;]/.test(message) ? message.charAt(0).toUpperCase() + message.slice(1) : message;
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
