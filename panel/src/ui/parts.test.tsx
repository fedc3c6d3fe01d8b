import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/problems';
import { ProblemNote } from './ProblemNote';
import { fold, SearchList } from './SearchList';
import { StatePill } from './StatePill';
import { initials, tint } from './Tile';
import { ago, duration } from './time';
import { Toasts, toast } from './toast';
import { UiProvider } from './UiProvider';

const show = (part: React.ReactNode) => render(<UiProvider>{part}</UiProvider>);

describe('parts', () => {
    afterEach(() => {
        document.body.innerHTML = '';
    });

    it('a problem says what to do and hides the request behind Details', () => {
        const again = vi.fn();
        const problem = new Problem('unavailable', 503, { request_id: 'req_77' });
        show(<ProblemNote problem={problem} title="The pages could not be loaded" retry={again} />);
        expect(screen.getByRole('alert').textContent).toContain('Nothing is lost');
        expect(screen.getByText('Details').closest('details')?.open).toBe(false);
        expect(screen.getByText('req_77')).toBeTruthy();
        fireEvent.click(screen.getByText('Try again'));
        expect(again).toHaveBeenCalledOnce();
    });

    it('a state is a word, not a colour alone', () => {
        show(<StatePill state="draft" />);
        expect(screen.getByText('Draft')).toBeTruthy();
    });

    it('a list of answers is walked with the arrows and taken with Enter', () => {
        const go = vi.fn();
        const items = ['One', 'Two', 'Three'].map(label => ({
            id: label,
            label,
            go: () => go(label),
        }));
        show(
            <SearchList
                label="Find"
                placeholder=""
                query=""
                onQuery={() => {}}
                items={items}
                empty="None"
            />,
        );
        const field = screen.getByRole('combobox');
        fireEvent.keyDown(field, { key: 'ArrowUp' });
        fireEvent.keyDown(field, { key: 'Enter' });
        expect(go).toHaveBeenCalledWith('Three');
        const active = field.getAttribute('aria-activedescendant');
        expect(document.getElementById(active!)?.getAttribute('aria-selected')).toBe('true');
    });

    it('finds without accents', () => expect(fold('Zürich Ågård')).toBe('zurich agard'));

    it('gives tiles their letters and a tint for ever', () => {
        expect(initials('Northwind Coffee')).toBe('NC');
        expect(initials('  solo ')).toBe('S');
        expect(initials('')).toBe('');
        expect(tint('org_7')).toBe(tint('org_7'));
        expect(tint('org_7')).toBeLessThan(6);
    });

    it('says times as people do', () => {
        const now = Date.parse('2027-01-02T12:00:00Z');
        expect(ago('2027-01-02T10:00:00Z', now)).toBe('2 hours ago');
        expect(ago('2027-01-02T11:59:40Z', now)).toBe('just now');
        expect(ago('2027-01-01T12:00:00Z', now)).toBe('yesterday');
        expect(duration(38.4)).toBe('38 ms');
        expect(duration(1240)).toBe('1.2 s');
    });
});

describe('the toast', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => {
        vi.useRealTimers();
        document.body.innerHTML = '';
    });

    it('goes after eight seconds, but waits under the pointer', () => {
        show(<Toasts />);
        act(() => toast('Moved to the bin'));
        const card = screen.getByText('Moved to the bin').parentElement!;
        act(() => void vi.advanceTimersByTime(7000));
        fireEvent.mouseEnter(card);
        act(() => void vi.advanceTimersByTime(60_000));
        expect(screen.queryByText('Moved to the bin')).toBeTruthy();
        fireEvent.mouseLeave(card);
        act(() => void vi.advanceTimersByTime(8100));
        expect(screen.queryByText('Moved to the bin')).toBeNull();
    });

    it('takes back, by its button or Ctrl Z', () => {
        const undo = vi.fn();
        show(<Toasts />);
        act(() => toast('Moved to the bin', undo));
        act(
            () =>
                void document.body.dispatchEvent(
                    new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true }),
                ),
        );
        expect(undo).toHaveBeenCalledOnce();
        expect(screen.queryByText('Moved to the bin')).toBeNull();
    });
});
