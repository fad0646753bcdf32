import { toast } from 'sonner';
import { describeError } from '../lib/describe-error.ts';

/** Says what was done and offers to take it back; says so if that fails. */
export function toastWithUndo(text: string, undo: () => Promise<unknown> | void): void {
  const onClick = async (): Promise<void> => {
    try {
      await undo();
    } catch (error) {
      toast.error(`Not undone: ${text}`, { description: describeError(error) });
    }
  };
  toast(text, { action: { label: 'Undo', onClick: () => void onClick() } });
}
