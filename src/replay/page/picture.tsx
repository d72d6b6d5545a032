import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';

import { pictureLayout } from '../model/layout.js';
import type { Recording } from '../model/recording.js';
import { draw } from '../picture/draw.js';
import { Scale, type View } from '../picture/scale.js';
import { themeOf } from './theme.js';

interface Properties {
    recording: Recording;
    index: number;
    view: View;
    divergence?: number;
    onMove: (index: number) => void;
}

/** The picture of a run, with the cursor over it. It is hidden from those who can't see it: the scrubber tells the same. */
export function Picture({ recording, index, view, divergence, onMove }: Properties) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const [width, setWidth] = useState(0);
    const scheme = useScheme();
    const layout = useMemo(() => pictureLayout(recording), [recording]);
    const scale = useMemo(() => new Scale(recording.clock, view, width), [recording, view, width]);

    useLayoutEffect(() => {
        const element = canvas.current!;
        const measure = (): void => setWidth(element.clientWidth);
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        return () => observer.disconnect();
    }, []);

    useLayoutEffect(() => {
        const element = canvas.current!;
        if (width === 0) return;
        const ratio = globalThis.devicePixelRatio;
        element.width = Math.round(width * ratio);
        element.height = Math.round(layout.height * ratio);
        element.style.height = `${layout.height}px`;
        const context = element.getContext('2d')!;
        context.scale(ratio, ratio);
        const theme = themeOf(element);
        const pathOf = (path: string): Path2D => new Path2D(path);
        draw({ context, pathOf, recording, layout, scale, theme, ...(divergence !== undefined && { divergence }) });
    }, [recording, layout, scale, width, scheme, divergence]);

    const move = (event: PointerEvent): void => {
        if (event.buttons !== 1) return;
        const { left } = canvas.current!.getBoundingClientRect();
        onMove(scale.indexAt(event.clientX - left));
    };
    const x = scale.x(index);
    return (
        <div class="picture" aria-hidden="true">
            <canvas
                ref={canvas}
                onPointerDown={(event) => {
                    canvas.current!.setPointerCapture(event.pointerId);
                    move(event);
                }}
                onPointerMove={move}
            />
            {width > 0 && x >= 0 && x <= width && <div class="cursor" style={{ transform: `translateX(${x}px)` }} />}
        </div>
    );
}

/** Changes when the person's colours do, so that what depends on them is drawn anew. */
function useScheme(): number {
    const [count, setCount] = useState(0);
    useEffect(() => {
        const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'].map((query) =>
            matchMedia(query),
        );
        const changed = (): void => setCount((before) => before + 1);
        for (const query of queries) query.addEventListener('change', changed);
        return () => {
            for (const query of queries) query.removeEventListener('change', changed);
        };
    }, []);
    return count;
}
