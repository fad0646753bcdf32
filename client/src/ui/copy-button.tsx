import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { toast } from 'sonner';
import { IconButton } from './icon-button.tsx';

const SHOWN_MS = 2000;

/** Copies `text`. `what` completes the button's name: "Copy URL". */
export function CopyButton({ text, what }: { text: string; what: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = (): void => void copyText(text).then(setCopied);
  return (
    <>
      <IconButton icon={copied ? Check : Copy} label={`Copy ${what}`} onClick={copy} />
      <output className="visually-hidden">{copied ? 'Copied' : ''}</output>
    </>
  );
}

/** Resolves with whether it worked. Tells the user if the browser allows no access to the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    toast.error("Couldn't copy: the browser allows it on https and localhost only.");
    return false;
  }
}
