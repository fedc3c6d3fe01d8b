#!/usr/bin/env ruby
# frozen_string_literal: true

# Renders a theme's demo pages with the reference Liquid into var/preview/THEME/LANGUAGE, for looking at them.
#
#   ruby themes/tools/preview.rb folio            all pages, both languages
#   ruby themes/tools/preview.rb --serve 8123     serves what was rendered, with the sites' content security policy
#
# The host's objects, filters and tags are small stand-ins here: enough to see a page, not to test the host.

require "cgi"
require "fileutils"
require "json"
require "liquid"

ROOT = File.expand_path("../..", __dir__)
OUT = File.join(ROOT, "var/preview")
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " \
         "base-uri 'none'; form-action 'self'"

class Theme
  attr_reader :name, :language, :settings

  def initialize(name, language)
    @name = name
    @language = language
    @settings = json("config/settings_data.json").fetch("current")
    @words = json("locales/#{language}.json")
    @templates = {}
  end

  def path(file) = File.join(ROOT, "themes", name, file)
  def read(file) = File.read(path(file))
  def json(file) = JSON.parse(read(file))
  def exist?(file) = File.exist?(path(file))
  def path_of(path) = "/#{name}/#{language}#{path == "/" ? "/home" : path}.html"
  def word(key) = key.split(".").reduce(@words) { |node, part| node.fetch(part) }
  def template(file) = @templates[file] ||= Liquid::Template.parse(read(file), error_mode: :strict)
  def read_template_file(snippet) = read("snippets/#{snippet}.liquid")

  def schema(type)
    @schemas ||= {}
    @schemas[type] ||= JSON.parse(read("sections/#{type}.liquid")[/\{% schema %\}(.*)\{% endschema %\}/m, 1])
  end

  def defaults(settings)
    settings.to_h { |setting| [setting["id"], value(setting["default"])] }
  end

  def value(default)
    return default unless default.is_a?(String) && default.start_with?("t:")

    @labels ||= json("locales/#{language}.schema.json")
    default.delete_prefix("t:").split(".").reduce(@labels) { |node, part| node.fetch(part) }
  end

  def section(id, data, index)
    schema = schema(data["type"])
    kinds = (schema["blocks"] || []).to_h { |block| [block["type"], block] }
    blocks = (data["block_order"] || []).map do |key|
      block = data["blocks"].fetch(key)
      { "id" => key, "type" => block["type"],
        "settings" => defaults(kinds.fetch(block["type"])["settings"]).merge(shown(block["settings"])) }
    end
    { "id" => id, "type" => data["type"], "index" => index, "blocks" => blocks,
      "settings" => defaults(schema["settings"]).merge(shown(data["settings"])) }
  end

  # Rich text is a document; of those in demo content, paragraphs and line breaks are all that there is.
  def shown(settings) = (settings || {}).transform_values { |value| value.is_a?(Hash) ? html(value) : value }

  def html(node)
    inner = (node["content"] || []).map { |child| html(child) }.join
    case node["type"]
    when "doc" then inner
    when "paragraph" then "<p>#{inner}</p>"
    when "hardBreak" then "<br>"
    when "text" then CGI.escapeHTML(node["text"])
    else raise "the preview doesn't know #{node["type"]}"
    end
  end
end

module HostFilters
  def asset_url(file) = "/#{theme.name}/assets/#{file}"
  def media_url(key) = "/#{theme.name}/media/#{key}"
  def stylesheet_tag(url) = %(<link rel="stylesheet" href="#{url}">)
  def t(key, arguments = {}) = arguments.reduce(theme.word(key)) { |text, (name, value)| text.gsub(/\{\{\s*#{name}\s*\}\}/, value.to_s) }

  def localized_url(path, language = theme.language) = theme.path_of(path).sub("/#{theme.language}/", "/#{language}/")

  private

  def theme = @context.registers[:theme]
end

class SchemaTag < Liquid::Block
  def render_to_output_buffer(_context, output) = output
end

class SectionTag < Liquid::Tag
  def initialize(tag, markup, options)
    super
    @id = markup[/['"](.+?)['"]/, 1]
  end

  def render_to_output_buffer(context, output)
    theme = context.registers[:theme]
    output << render_section(theme, context.registers[:globals], @id, theme.settings["sections"].fetch(@id), nil)
  end
end

def render_liquid(theme, file, globals)
  theme.template(file).render!(globals, registers: { theme: theme, globals: globals, file_system: theme }, strict_filters: true)
end

def render_section(theme, globals, id, data, index)
  inner = render_liquid(theme, "sections/#{data["type"]}.liquid", globals.merge("section" => theme.section(id, data, index)))
  return "" if inner.strip.empty? # as on a site: no place for what draws nothing

  %(<div id="section-#{id}" class="section" data-section-id="#{id}">#{inner}</div>\n)
end

def render(theme, content, page, sections, extra = {})
  links = lambda do |list|
    { "links" => list.map { |l| { "title" => l["title"], "url" => theme.path_of(l["page"]), "active" => l["page"] == page["path"], "links" => [] } } }
  end
  globals = {
    "site" => { "name" => extra["name"] || content["site_name"], "url" => "http://localhost", "language" => theme.language,
                "languages" => %w[en de], "slug" => "demo", "noindex" => false },
    "page" => page, "settings" => theme.settings, "menus" => content["menus"].transform_values(&links),
    "request" => { "path" => page["path"], "host" => "localhost", "language" => theme.language, "design_mode" => false },
    "search" => { "performed" => false, "results" => [], "results_count" => 0 },
    "content_for_header" => "<title>#{CGI.escapeHTML(page["seo_title"] || page["title"])}</title>" \
                            "<meta name=\"description\" content=\"#{CGI.escapeHTML(page["seo_description"].to_s)}\">"
  }.merge(extra)
  globals["content_for_layout"] = sections["order"].each.with_index(1).map do |id, index|
    render_section(theme, globals, id, sections["sections"][id], index)
  end.join
  render_liquid(theme, "layout/theme.liquid", globals)
end

# HTML, as the host gives it: escaped, a found word marked.
def excerpt(text) = CGI.escapeHTML(text).sub(/\w{5,}/) { |word| "<mark>#{word}</mark>" }

def write(file, text)
  FileUtils.mkdir_p(File.dirname(file))
  File.write(file, text)
end

def preview(name, language)
  theme = Theme.new(name, language)
  target = File.join(OUT, name, language)
  FileUtils.mkdir_p(File.join(OUT, name))
  { "assets" => "assets", "media" => "demo/media" }.each do |link, folder|
    FileUtils.rm_rf(File.join(OUT, name, link))
    FileUtils.cp_r(theme.path(folder), File.join(OUT, name, link))
  end
  css = Liquid::Template.parse(theme.read("assets/settings.css.liquid"), error_mode: :strict)
  write(File.join(OUT, name, "assets/settings.css"), css.render!({ "settings" => theme.settings }, registers: { theme: theme }))
  content = theme.json("demo/content.#{language}.json")
  show = lambda do |file, source, page, sections, extra = {}|
    write(File.join(target, "#{file}.html"), render(theme, source, page, sections, extra))
  end
  [["", content], ["empty", theme.json("demo/empty.#{language}.json")]].each do |prefix, source|
    source["pages"].each do |page|
      file = prefix.empty? ? (page["path"] == "/" ? "home" : page["path"].delete_prefix("/")) : prefix
      seo = { "seo_title" => page["seo"]["title"], "seo_description" => page["seo"]["description"] }
      show.call(file, source, page.slice("title", "path", "template").merge(seo), page["sections"])
    end
  end
  search = theme.json("templates/search.json")
  results = content["pages"].map { |p| { "title" => p["title"], "url" => theme.path_of(p["path"]), "excerpt" => excerpt(p["seo"]["description"]) } }
  find = { "title" => theme.word("search.title"), "path" => "/search" }
  show.call("search", content, find, search)
  show.call("search-found", content, find, search,
            "search" => { "performed" => true, "terms" => "a \"garden\" & more", "results" => results, "results_count" => results.size })
  show.call("search-none", content, find, search, "search" => { "performed" => true, "terms" => "<b>x</b>", "results" => [], "results_count" => 0 })
  show.call("404", content, { "title" => theme.word("not_found.title"), "path" => "/nowhere" }, theme.json("templates/404.json"))
  show.call("sections", content, { "title" => "All sections", "path" => "/sections" }, presets(theme),
            "name" => "A Rather Long Name for a House of Things & Daughters")
end

# Every section as somebody meets it who has just added it.
def presets(theme)
  types = Dir[theme.path("sections/*.liquid")].map { |file| File.basename(file, ".liquid") }.sort
  made = types.flat_map do |type|
    (theme.schema(type)["presets"] || []).map do |preset|
      blocks = (preset["blocks"] || []).each_with_index.to_h do |block, i|
        ["#{type}-#{i}", block.merge("settings" => (block["settings"] || {}).transform_values { |value| theme.value(value) })]
      end
      ["#{type}-preset", { "type" => type, "settings" => (preset["settings"] || {}).transform_values { |v| theme.value(v) },
                           "blocks" => blocks, "block_order" => blocks.keys }]
    end
  end
  { "sections" => made.to_h, "order" => made.map(&:first) }
end

def serve(port)
  require "socket"
  types = { ".html" => "text/html; charset=utf-8", ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2" }
  server = TCPServer.new("127.0.0.1", port)
  loop do
    Thread.new(server.accept) do |client|
      path = client.gets.to_s.split[1].to_s.split("?").first
      nil while client.gets.to_s.strip != ""
      file = File.expand_path(File.join(OUT, path.to_s))
      found = file.start_with?(OUT) && File.file?(file)
      body = found ? File.binread(file) : "not found"
      client.write("HTTP/1.1 #{found ? "200 OK" : "404 Not Found"}\r\nContent-Type: #{types[File.extname(file)] || "text/plain"}\r\n" \
                   "Content-Security-Policy: #{POLICY}\r\nContent-Length: #{body.bytesize}\r\nConnection: close\r\n\r\n")
      client.write(body)
    ensure
      client.close
    end
  end
end

Liquid::Template.register_filter(HostFilters)
{ "schema" => SchemaTag, "section" => SectionTag }.each { |tag, kind| Liquid::Template.register_tag(tag, kind) }

if ARGV.first == "--serve"
  serve(Integer(ARGV[1] || 8123))
else
  names = ARGV.empty? ? %w[folio counter] : ARGV
  names.product(%w[en de]).each { |name, language| preview(name, language) }
end
