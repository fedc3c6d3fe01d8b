import { Problem, problemOf } from './problems';

/** One server-sent event. */
export interface StreamEvent {
    event: string;
    data: string;
    id: string;
}

export interface StreamHandlers {
    onEvent(event: StreamEvent): void;
    /** The line is lost (true) or there again (false). */
    onBroken?(broken: boolean): void;
    /** It will not come: gone, or not for this person. */
    onRefused?(problem: Problem): void;
    /** True when the last event said that nothing more will come. */
    isOver(): boolean;
}

const WAIT_MS = [500, 1000, 2000, 4000, 8000];

/**
 * Follows a stream until it is over: comes back after every break with Last-Event-ID. `fetch` instead
 * of EventSource, since that one hides the status and can't start with an id. Returns the way to stop.
 */
export function follow(url: string, handlers: StreamHandlers): () => void {
    const stop = new AbortController();
    void loop(url, handlers, stop.signal);
    return () => stop.abort();
}

async function loop(url: string, handlers: StreamHandlers, signal: AbortSignal) {
    let lastId = '';
    let failures = 0;
    const onEvent = (event: StreamEvent) => {
        if (event.id) lastId = event.id;
        failures = 0;
        handlers.onBroken?.(false);
        handlers.onEvent(event);
    };
    while (!signal.aborted && !handlers.isOver()) {
        const ended = await readOnce(url, lastId, onEvent, signal).catch(error => error);
        if (signal.aborted || handlers.isOver()) return;
        if (isFinal(ended)) return handlers.onRefused?.(ended);
        if (ended !== true) handlers.onBroken?.(true);
        const wait = WAIT_MS[Math.min(failures++, WAIT_MS.length - 1)]!;
        await new Promise(resolve => setTimeout(resolve, wait));
    }
}

const isFinal = (ended: unknown): ended is Problem =>
    ended instanceof Problem && [401, 403, 404].includes(ended.status);

async function readOnce(
    url: string,
    lastId: string,
    onEvent: (event: StreamEvent) => void,
    signal: AbortSignal,
): Promise<boolean> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (lastId) headers['Last-Event-ID'] = lastId;
    const response = await fetch(url, { headers, signal, credentials: 'same-origin' });
    if (!response.ok || !response.body) throw await problemOf(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser(onEvent);
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return true;
        parser.push(value);
    }
}

/** Text in pieces → events, by the rules of the HTML standard (comments and unknown fields are skipped). */
export class EventParser {
    private rest = '';
    private event = '';
    private data: string[] = [];
    private id = '';

    constructor(private readonly onEvent: (event: StreamEvent) => void) {}

    push(text: string) {
        const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
        this.rest = lines.pop() ?? '';
        for (const line of lines) this.line(line);
    }

    private line(line: string) {
        if (line === '') return this.flush();
        const colon = line.indexOf(':');
        if (colon === 0) return;
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'event') this.event = value;
        else if (field === 'data') this.data.push(value);
        else if (field === 'id') this.id = value;
    }

    private flush() {
        if (this.data.length > 0) {
            this.onEvent({
                event: this.event || 'message',
                data: this.data.join('\n'),
                id: this.id,
            });
        }
        this.event = '';
        this.data = [];
    }
}
