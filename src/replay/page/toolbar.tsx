import type { Move } from '../model/moves.js';
import { type Playing, SPEEDS } from './use-playing.js';

interface Properties {
    playing: Playing;
    move: (how: Move) => void;
    zoom: number;
    zoomBy: (factor: number) => void;
    hasTruth: boolean;
    onDivergence?: () => void;
}

const FRACTIONS: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };

/** What can be done with the cursor, for those who don't know the keys. */
export function Toolbar({ playing, move, zoom, zoomBy, hasTruth, onDivergence }: Properties) {
    return (
        <div class="toolbar" role="group" aria-label="Moves">
            <button type="button" class="play" onClick={playing.toggle} title="Space, on the scrubber">
                <span aria-hidden="true">{playing.isPlaying ? '❚❚' : '▶'}</span> {playing.isPlaying ? 'Pause' : 'Play'}
            </button>
            <label class="speed">
                <span class="hidden">Speed</span>
                <select
                    value={String(playing.speed)}
                    onChange={(event) => playing.setSpeed(Number(event.currentTarget.value))}
                >
                    {SPEEDS.map((speed) => (
                        <option key={speed} value={String(speed)}>
                            {FRACTIONS[speed] ?? speed}×
                        </option>
                    ))}
                </select>
            </label>
            <Pair name="mark" hint="Shift and an arrow key" move={move} moves={['previous-mark', 'next-mark']} />
            {hasTruth && (
                <Pair
                    name="change of what is owed"
                    short="owed"
                    hint="[ and ]"
                    move={move}
                    moves={['previous-owed', 'next-owed']}
                />
            )}
            {onDivergence && (
                <button type="button" onClick={onDivergence}>
                    First difference
                </button>
            )}
            <span class="pair zoom">
                <button type="button" aria-label="Zoom out" title="-" disabled={zoom <= 1} onClick={() => zoomBy(0.5)}>
                    −
                </button>
                <span class="pair-name">{zoom === 1 ? 'all' : `${zoom}×`}</span>
                <button type="button" aria-label="Zoom in" title="+" onClick={() => zoomBy(2)}>
                    +
                </button>
            </span>
        </div>
    );
}

interface PairProperties {
    name: string;
    short?: string;
    hint: string;
    move: (how: Move) => void;
    moves: [Move, Move];
}

function Pair({ name, short = name, hint, move, moves: [back, on] }: PairProperties) {
    return (
        <span class="pair">
            <button type="button" aria-label={`Previous ${name}`} title={hint} onClick={() => move(back)}>
                ‹
            </button>
            <span class="pair-name" aria-hidden="true">
                {short}
            </span>
            <button type="button" aria-label={`Next ${name}`} title={hint} onClick={() => move(on)}>
                ›
            </button>
        </span>
    );
}
