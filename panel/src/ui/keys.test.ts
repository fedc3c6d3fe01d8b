import { renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useKeys, useLastKeys } from './keys';
import { prefer } from './preferences';

const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body) =>
    target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }),
    );

describe('keys', () => {
    afterEach(() => {
        prefer({ keys: true });
        document.body.innerHTML = '';
    });

    it('answers a single key, a sequence and a chord', () => {
        const map = { c: vi.fn(), 'g h': vi.fn(), 'mod+k': vi.fn() };
        const { unmount } = renderHook(() => useKeys(map));
        press('c');
        press('g');
        press('h');
        press('k', { ctrlKey: true });
        expect(map.c).toHaveBeenCalledOnce();
        expect(map['g h']).toHaveBeenCalledOnce();
        expect(map['mod+k']).toHaveBeenCalledOnce();
        unmount();
        press('c');
        expect(map.c).toHaveBeenCalledOnce();
    });

    it('leaves a key to the screen that wants it, whenever the other came', () => {
        const [screen, toast] = [vi.fn(), vi.fn()];
        const open = renderHook(() => useKeys({ 'mod+z': screen }));
        const shown = renderHook(() => useLastKeys({ 'mod+z': toast }));
        press('z', { ctrlKey: true });
        expect(screen).toHaveBeenCalledOnce();
        expect(toast).not.toHaveBeenCalled();
        open.unmount();
        press('z', { ctrlKey: true });
        expect(toast).toHaveBeenCalledOnce();
        shown.unmount();
    });

    it('rests while somebody types, but chords work', () => {
        const map = { c: vi.fn(), 'mod+s': vi.fn() };
        const { unmount } = renderHook(() => useKeys(map));
        const input = document.body.appendChild(document.createElement('input'));
        press('c', {}, input);
        press('s', { ctrlKey: true }, input);
        expect(map.c).not.toHaveBeenCalled();
        expect(map['mod+s']).toHaveBeenCalledOnce();
        unmount();
    });

    it('can be switched off', () => {
        const map = { c: vi.fn() };
        const { unmount } = renderHook(() => useKeys(map));
        prefer({ keys: false });
        press('c');
        expect(map.c).not.toHaveBeenCalled();
        unmount();
    });

    it('gives the topmost layer the key', () => {
        const below = { c: vi.fn() };
        const above = { c: vi.fn() };
        const one = renderHook(() => useKeys(below));
        const two = renderHook(() => useKeys(above));
        press('c');
        expect(above.c).toHaveBeenCalledOnce();
        expect(below.c).not.toHaveBeenCalled();
        two.unmount();
        one.unmount();
    });
});
