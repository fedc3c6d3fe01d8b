// A theme's section types and starting content, as the server would send them.
const scheme = {
    type: 'color_scheme',
    id: 'scheme',
    label: 'Colours',
    default: 'default',
    options: [
        { value: 'default', label: 'Default' },
        { value: 'tinted', label: 'Tinted' },
        { value: 'inverted', label: 'Inverted' },
    ],
};
const button = {
    type: 'button',
    name: 'Button',
    limit: 2,
    settings: [
        { type: 'text', id: 'label', label: 'Label', default: 'Read more' },
        { type: 'url', id: 'link', label: 'Link', info: 'A page of this site, or a full address.' },
        { type: 'checkbox', id: 'quiet', label: 'Quiet style', default: false },
    ],
};

export const theme = {
    name: 'folio',
    sections: [
        {
            type: 'hero',
            name: 'Hero',
            max_blocks: 2,
            settings: [
                {
                    type: 'text',
                    id: 'heading',
                    label: 'Heading',
                    default: 'A quiet place for good coffee',
                },
                {
                    type: 'textarea',
                    id: 'text',
                    label: 'Text',
                    default: 'Roasted in small batches.',
                },
                {
                    type: 'select',
                    id: 'layout',
                    label: 'Layout',
                    default: 'split',
                    options: [
                        { value: 'text', label: 'Text only' },
                        { value: 'split', label: 'Picture beside' },
                        { value: 'full', label: 'Full width' },
                    ],
                },
                { type: 'image', id: 'picture', label: 'Picture' },
                { type: 'header', label: 'Look' },
                scheme,
                {
                    type: 'range',
                    id: 'space',
                    label: 'Space above and below',
                    min: 40,
                    max: 160,
                    step: 8,
                    unit: 'px',
                    default: 96,
                },
            ],
            blocks: [button],
            presets: [
                {
                    name: 'Hero',
                    settings: {},
                    blocks: [
                        { type: 'button', settings: { label: 'See our beans', link: '/shop' } },
                    ],
                },
            ],
        },
        {
            type: 'text',
            name: 'Text',
            max_blocks: 0,
            settings: [
                { type: 'text', id: 'heading', label: 'Heading', default: 'Our story' },
                {
                    type: 'richtext',
                    id: 'body',
                    label: 'Text',
                    default: '<p>It began with one bag of beans.</p>',
                },
                { type: 'paragraph', label: 'Short paragraphs read best.' },
                scheme,
            ],
            blocks: [],
            presets: [{ name: 'Text' }],
        },
        {
            type: 'features',
            name: 'Feature grid',
            max_blocks: 6,
            settings: [
                { type: 'text', id: 'heading', label: 'Heading', default: 'Why people come back' },
                {
                    type: 'range',
                    id: 'columns',
                    label: 'Columns',
                    min: 2,
                    max: 4,
                    step: 1,
                    default: 3,
                },
                scheme,
            ],
            blocks: [
                {
                    type: 'feature',
                    name: 'Feature',
                    settings: [
                        { type: 'text', id: 'title', label: 'Title', default: 'Fresh' },
                        {
                            type: 'textarea',
                            id: 'text',
                            label: 'Text',
                            default: 'Roasted every Monday.',
                        },
                    ],
                },
            ],
            presets: [
                {
                    name: 'Feature grid',
                    blocks: [
                        {
                            type: 'feature',
                            settings: { title: 'Fresh', text: 'Roasted every Monday.' },
                        },
                        {
                            type: 'feature',
                            settings: { title: 'Fair', text: 'Paid above the market.' },
                        },
                        {
                            type: 'feature',
                            settings: { title: 'Fast', text: 'At your door in two days.' },
                        },
                    ],
                },
            ],
        },
        {
            type: 'quote',
            name: 'Quote',
            max_blocks: 0,
            settings: [
                {
                    type: 'textarea',
                    id: 'quote',
                    label: 'Quote',
                    default: 'The best cup north of the fjord.',
                },
                { type: 'text', id: 'author', label: 'Who said it', default: 'Mina Sato' },
                scheme,
            ],
            blocks: [],
            presets: [{ name: 'Quote' }],
        },
        {
            type: 'cta',
            name: 'Call to action',
            max_blocks: 2,
            settings: [
                { type: 'text', id: 'heading', label: 'Heading', default: 'Come by' },
                { type: 'page', id: 'page', label: 'Page' },
                scheme,
            ],
            blocks: [button],
            presets: [
                {
                    name: 'Call to action',
                    blocks: [{ type: 'button', settings: { label: 'Find us' } }],
                },
            ],
        },
    ],
};

export function sectionsFor(title, template) {
    const hero = {
        type: 'hero',
        settings: {
            heading: template === 'home' ? 'A quiet place for good coffee' : title,
            text: 'Roasted in small batches, a short walk from the harbour.',
            layout: 'split',
            scheme: 'default',
            space: 96,
        },
        blocks: { b1: { type: 'button', settings: { label: 'See our beans', link: '/shop' } } },
        block_order: ['b1'],
    };
    if (template !== 'home') return { sections: { hero }, order: ['hero'] };
    return {
        sections: {
            hero,
            features: {
                type: 'features',
                settings: { heading: 'Why people come back', columns: 3, scheme: 'tinted' },
                blocks: {
                    f1: {
                        type: 'feature',
                        settings: { title: 'Fresh', text: 'Roasted every Monday.' },
                    },
                    f2: {
                        type: 'feature',
                        settings: { title: 'Fair', text: 'Paid above the market.' },
                    },
                    f3: {
                        type: 'feature',
                        settings: { title: 'Fast', text: 'At your door in two days.' },
                    },
                },
                block_order: ['f1', 'f2', 'f3'],
            },
            story: {
                type: 'text',
                settings: {
                    heading: 'Our story',
                    body: '<p>It began with one bag of beans and a borrowed pan.</p>',
                },
            },
            quote: {
                type: 'quote',
                settings: {
                    quote: 'The best cup north of the fjord.',
                    author: 'Mina Sato',
                    scheme: 'inverted',
                },
            },
        },
        order: ['hero', 'features', 'story', 'quote'],
    };
}
