import { describe, expect, it } from 'vitest';
import { numbered } from './numbered';

describe('the names of rows', () => {
    it('number what is alike, and leave the rest as it is called', () => {
        const rows = ['Picture', 'Button', 'Picture'].map(name => ({ name }));
        expect(numbered(rows)).toEqual(['Picture 1', 'Button', 'Picture 2']);
    });

    it('need no number where the second line tells them apart', () => {
        const rows = [
            { name: 'Text', detail: 'Our story' },
            { name: 'Text', detail: 'Our days' },
        ];
        expect(numbered(rows)).toEqual(['Text', 'Text']);
    });
});
