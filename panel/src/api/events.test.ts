import { describe, expect, it, vi } from 'vitest';
import { EventParser, follow, type StreamEvent } from './events';

function parse(...pieces: string[]): StreamEvent[] {
    const events: StreamEvent[] = [];
    const parser = new EventParser(event => events.push(event));
    for (const piece of pieces) parser.push(piece);
    return events;
}

function answer(...events: string[]): Response {
    const stream = new ReadableStream({
        start(control) {
            for (const event of events) control.enqueue(new TextEncoder().encode(event));
            control.close();
        },
    });
    return new Response(stream, { headers: { 'Content-Type': 'text/event-stream' } });
}

describe('server-sent events', () => {
    it('reads events in any pieces', () => {
        const text = 'event: step\nid: 4\ndata: {"a":1}\n\n: a comment\n\ndata: x\ndata: y\n\n';
        const whole = parse(text);
        expect(whole).toEqual([
            { event: 'step', data: '{"a":1}', id: '4' },
            { event: 'message', data: 'x\ny', id: '4' },
        ]);
        expect(parse(...text)).toEqual(whole);
        expect(parse(text.replaceAll('\n', '\r\n'))).toEqual(whole);
    });

    it('leaves an unfinished event alone', () => expect(parse('data: x\n')).toEqual([]));

    it('ends where there is nothing for this person', async () => {
        const refused = vi.fn();
        const fetch = vi
            .spyOn(globalThis, 'fetch')
            .mockResolvedValue(new Response('', { status: 404 }));
        follow('/events', { onEvent: () => {}, onRefused: refused, isOver: () => false });
        await vi.waitFor(() => expect(refused).toHaveBeenCalledOnce());
        expect(fetch).toHaveBeenCalledOnce();
    });

    it('comes back with the last id, and stops when all is over', async () => {
        vi.useFakeTimers();
        const fetch = vi
            .spyOn(globalThis, 'fetch')
            .mockResolvedValueOnce(answer('id: 7\ndata: going\n\n'))
            .mockRejectedValueOnce(new TypeError('lost'))
            .mockResolvedValueOnce(answer('id: 8\ndata: done\n\n'));
        const broken: boolean[] = [];
        let last = '';
        follow('/events', {
            onEvent: event => {
                last = event.data;
            },
            onBroken: is => broken.push(is),
            isOver: () => last === 'done',
        });
        await vi.advanceTimersByTimeAsync(10_000);
        vi.useRealTimers();
        expect(last).toBe('done');
        expect(fetch).toHaveBeenCalledTimes(3);
        const headers = fetch.mock.calls.map(
            ([, init]) => (init!.headers as Record<string, string>)['Last-Event-ID'],
        );
        expect(headers).toEqual([undefined, '7', '7']);
        expect(broken).toContain(true);
        expect(broken.at(-1)).toBe(false);
    });
});
