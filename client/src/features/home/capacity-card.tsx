import type { Capacity, EngineView } from '@shopyard/contracts';
import type { ReactNode } from 'react';
import { formatRoom, toSentence } from './capacity-words.ts';
import styles from './home.module.css';

interface CapacityCardProps {
  capacity: Capacity;
  engines: readonly EngineView[];
}

/** How many more stores fit, in words and as meters. Says so if nobody can know. */
export function CapacityCard({ capacity, engines }: CapacityCardProps): ReactNode {
  const { unknown, nodes, requested, room = [] } = capacity;
  const [first] = room;
  return (
    <section className={styles.card} aria-label="Room for more stores">
      <h2>{unknown === undefined && first ? toSentence(first) : 'Room for more stores'}</h2>
      {unknown !== undefined && <p>{unknown}</p>}
      {room.length > 0 && (
        <dl className={styles.room}>
          {room.map(({ engine, size, stores }) => (
            <div key={`${engine} ${size}`}>
              <dt>{toTitle(size, engines.length > 1 ? engines.find(({ id }) => id === engine)?.title : undefined)}</dt>
              <dd>{formatRoom(stores)}</dd>
            </div>
          ))}
        </dl>
      )}
      {requested && (
        <>
          <Meter label="Memory reserved" share={requested.memory} />
          <Meter label="CPU reserved" share={requested.cpu} />
        </>
      )}
      {nodes && (
        <p className={styles.note}>
          {nodes.usable === 1 ? 'Counted on 1 node' : `Counted on ${nodes.usable} nodes`}
          {nodes.total > nodes.usable && `; ${nodes.total - nodes.usable} more can't run stores`}. Disk space is not
          counted.
        </p>
      )}
    </section>
  );
}

function Meter({ label, share }: { label: string; share: number }): ReactNode {
  const percent = Math.round(share * 100);
  return (
    <div className={styles.meter}>
      <span>
        {label} <b>{percent}%</b>
      </span>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- browsers give a native meter its own colours
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        data-full={percent >= 90}
      >
        <i style={{ inlineSize: `${percent}%` }} />
      </div>
    </div>
  );
}

function toTitle(size: string, engine: string | undefined): string {
  const title = size.charAt(0).toUpperCase() + size.slice(1);
  return engine === undefined ? title : `${title} ${engine}`;
}
