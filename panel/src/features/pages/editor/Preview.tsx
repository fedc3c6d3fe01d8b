import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../api/client';
import { m } from '../../../paraglide/messages.js';
import { ProblemNote } from '../../../ui/ProblemNote';
import classes from './Preview.module.css';
import type { EditorModel } from './useEditor';
import { useFit } from './useFit';

export type PreviewWidth = 'wide' | 'tablet' | 'phone';
const WIDTH_PX: Record<PreviewWidth, number> = { wide: 1240, tablet: 820, phone: 390 };

interface Props {
    org: string;
    editor: EditorModel;
    width: PreviewWidth;
}

/**
 * The saved draft on the preview's own origin. A new version loads behind the old one and takes its
 * place when it is there, so nothing flashes. Messages are heard from that frame and origin only.
 */
export function Preview({ org, editor, width }: Props) {
    const { page, version, selection } = editor;
    const preview = useQuery({
        queryKey: [org, 'preview', page.id, page.language, version],
        queryFn: async ({ signal }) => {
            const body = { page: page.id, language: page.language };
            return (
                await call('post', '/api/v1/orgs/{org}/previews', { path: { org }, body, signal })
            ).data;
        },
        placeholderData: keepPreviousData,
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 0,
        refetchOnWindowFocus: false,
    });
    const place = useRef<HTMLDivElement>(null);
    const hash = selection.kind === 'page' ? '' : `#section-${selection.section}`;
    const url = preview.data && !preview.isPlaceholderData ? preview.data.url : undefined;
    const frames = useFrames(url, hash);
    useFit(place, WIDTH_PX[width], width === 'wide');
    useFrameMessages(frames.shown?.url, section => editor.select({ kind: 'section', section }));
    return (
        <div className={classes.preview} data-width={width}>
            {preview.error && !preview.data && (
                <div className={classes.problem}>
                    <ProblemNote
                        problem={preview.error}
                        title={m.pages_preview_failed()}
                        retry={() => preview.refetch()}
                        retrying={preview.isFetching}
                    />
                </div>
            )}
            <div ref={place} className={classes.place}>
                {[frames.shown, frames.coming].map(
                    frame =>
                        frame && (
                            <iframe
                                key={frame.id}
                                src={frame.url}
                                title={
                                    frame === frames.shown
                                        ? m.pages_preview_of({ title: page.title })
                                        : m.ui_loading()
                                }
                                className={classes.frame}
                                data-coming={frame !== frames.shown || undefined}
                                aria-hidden={frame !== frames.shown || undefined}
                                tabIndex={frame === frames.shown ? 0 : -1}
                                sandbox="allow-scripts allow-same-origin allow-forms"
                                referrerPolicy="no-referrer"
                                onLoad={() => frames.arrived(frame)}
                            />
                        ),
                )}
            </div>
        </div>
    );
}

interface Frame {
    id: number;
    url: string;
}

/** The frame that is seen, and the one that loads behind it. */
function useFrames(url: string | undefined, hash: string) {
    const [shown, setShown] = useState<Frame | null>(null);
    const [coming, setComing] = useState<Frame | null>(null);
    const count = useRef(0);
    const at = useRef(hash);
    at.current = hash;
    useEffect(() => {
        if (url) setComing({ id: ++count.current, url: url + at.current });
    }, [url]);
    const arrived = (frame: Frame) => {
        if (frame !== coming) return;
        setShown(frame);
        setComing(null);
    };
    return { shown, coming, arrived };
}

function useFrameMessages(url: string | undefined, onSection: (section: string) => void) {
    const latest = useRef({ url, onSection });
    latest.current = { url, onSection };
    // Listens from the first moment: a click may come as soon as the frame is seen.
    useEffect(() => {
        const hear = (event: MessageEvent) => {
            const { url, onSection } = latest.current;
            if (!url || event.origin !== new URL(url, location.href).origin) return;
            if (event.data?.luster !== 'preview') return;
            if (typeof event.data.section === 'string') onSection(event.data.section);
        };
        addEventListener('message', hear);
        return () => removeEventListener('message', hear);
    }, []);
}
