import { describe, expect, it } from 'vitest';
import { agentOf } from './agent';

describe('user agents', () => {
    it.each([
        [
            'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
            'Firefox',
            'Linux',
            false,
        ],
        [
            'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0',
            'Edge',
            'Windows',
            false,
        ],
        [
            'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile/15E148 Safari/604.1',
            'Safari',
            'iPhone',
            true,
        ],
        ['something', '', '', false],
    ])('%s', (agent, browser, system, mobile) => {
        expect(agentOf(agent)).toEqual({ browser, system, mobile });
    });
});
