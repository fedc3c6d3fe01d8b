import { describe, expect, it } from 'vitest';
import { localDate, localTime, momentOf, nextMorning } from './schedule';

describe('the time of a publication', () => {
    it('is the same moment after it went through the fields', () => {
        const at = new Date(2026, 2, 5, 7, 4);
        expect(localDate(at)).toBe('2026-03-05');
        expect(localTime(at)).toBe('07:04');
        expect(momentOf(localDate(at), localTime(at))).toEqual(at);
    });

    it('is none while a field is empty', () => {
        expect(momentOf('', '09:00')).toBeNull();
        expect(momentOf('2026-03-05', '')).toBeNull();
    });

    it('is tomorrow morning unless somebody says otherwise, over the end of a month too', () => {
        const evening = new Date(2026, 0, 31, 23, 59);
        expect(nextMorning(evening)).toEqual(new Date(2026, 1, 1, 9));
    });
});
