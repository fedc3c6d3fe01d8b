/** Written by ./dev gen from docs/openapi.json: how many characters the server takes in a field. */
export const CreateChild = {
    name: { min: 1, max: 100 },
    slug: { min: 1, max: 100 },
} as const;
export const CreatePage = {
    title: { min: 1, max: 200 },
    slug: { min: 0, max: 100 },
    language: { min: 2, max: 12 },
} as const;
export const EditMe = {
    name: { min: 1, max: 100 },
} as const;
export const EditOrganization = {
    name: { min: 1, max: 100 },
    time_zone: { min: 1, max: 64 },
} as const;
export const EditPage = {
    title: { min: 1, max: 200 },
    slug: { min: 1, max: 100 },
} as const;
export const EditSeo = {
    title: { min: 0, max: 200 },
    description: { min: 0, max: 400 },
} as const;
export const NewSite = {
    name: { min: 1, max: 100 },
    slug: { min: 1, max: 100 },
} as const;
export const OpenPreview = {
    language: { min: 2, max: 12 },
} as const;
export const RequestReset = {
    email: { min: 3, max: 254 },
} as const;
export const ResetPassword = {
    password: { min: 10, max: 200 },
} as const;
export const SignInRequest = {
    email: { min: 3, max: 254 },
    password: { min: 1, max: 200 },
} as const;
export const SignUpRequest = {
    name: { min: 1, max: 100 },
    email: { min: 3, max: 254 },
    password: { min: 10, max: 200 },
} as const;
export const Utm = {
    source: { min: 0, max: 200 },
    medium: { min: 0, max: 200 },
    campaign: { min: 0, max: 200 },
    term: { min: 0, max: 200 },
    content: { min: 0, max: 200 },
} as const;
export const VerifyEmail = {
    token: { min: 1, max: 100 },
} as const;
export const get_orgs = {
    search: { min: 0, max: 100 },
    cursor: { min: 1, max: 600 },
} as const;
export const get_orgs_org_pages = {
    search: { min: 0, max: 200 },
    language: { min: 2, max: 12 },
    sort: { min: 1, max: 20 },
    cursor: { min: 1, max: 1200 },
} as const;
