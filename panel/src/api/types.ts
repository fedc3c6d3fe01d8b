import type { AnswerBody, RequestBody } from './client';

/** The wire's documents by the words that the screens use. */
export type Me = AnswerBody<'/api/v1/me', 'get'>;
export type User = Me['user'];
export type Branding = Me['branding'];
export type OrganizationSummary = Me['organizations'][number];
export type Organization = AnswerBody<'/api/v1/orgs/{org}', 'get'>;
export type Provisioning = AnswerBody<'/api/v1/orgs/{org}/provisioning', 'get'>;
export type ProvisioningStep = Provisioning['steps'][number];
export type Dashboard = AnswerBody<'/api/v1/orgs/{org}/dashboard', 'get'>;
export type PageList = AnswerBody<'/api/v1/orgs/{org}/pages', 'get'>;
export type PageSummary = PageList['items'][number];
export type PageState = PageSummary['state'];
export type Page = AnswerBody<'/api/v1/orgs/{org}/pages/{page}/{language}', 'get'>;
export type PagePatch = RequestBody<'/api/v1/orgs/{org}/pages/{page}/{language}', 'patch'>;
/** A language of a site. */
export type Language = Page['language'];
/** A language of the panel itself. */
export type PanelLanguage = User['language'];
export type Sections = Page['sections'];
export type Section = Sections['sections'][string];
export type Theme = AnswerBody<'/api/v1/orgs/{org}/theme', 'get'>;
export type SectionType = Theme['sections'][number];
export type BlockType = SectionType['blocks'][number];
export type Setting = SectionType['settings'][number];
export type Session = AnswerBody<'/api/v1/sessions', 'get'>['items'][number];
export type SlugAnswer = AnswerBody<'/api/v1/slugs/{slug}', 'get'>;
export type SignUp = RequestBody<'/api/v1/signups', 'post'>;
export type ChildOrganization = RequestBody<'/api/v1/orgs/{org}/children', 'post'>;
