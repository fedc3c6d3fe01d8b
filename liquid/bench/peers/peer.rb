# Ruby's liquid as a peer: peer.rb output CORPUS THEME FILE, peer.rb time CORPUS THEMES ROUNDS.
# Times are CPU nanoseconds per round: theme, parse, render.
require 'json'
require 'liquid'

class Folder
  def initialize(path) = @path = path
  def read_template_file(name) = File.read(File.join(@path, "#{name}.liquid"))
end

def cpu = Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID, :nanosecond)

def context(data, folder)
  Liquid::Context.build(static_environments: data, registers: { file_system: Folder.new(folder) })
end

command, corpus, themes, last = ARGV
data = JSON.parse(File.read(File.join(corpus, 'data.json')))
themes.split(',').each do |theme|
  folder = File.join(corpus, theme)
  sources = Dir[File.join(folder, '*.liquid')].sort.map { |path| File.read(path) }
  main = File.read(File.join(folder, 'main.liquid'))
  template = Liquid::Template.parse(main, error_mode: :strict)
  if command == 'output'
    File.write(last, template.render!(context(data, folder)))
    next
  end
  rounds = last.to_i
  start = cpu
  rounds.times { sources.each { |source| Liquid::Template.parse(source, error_mode: :strict) } }
  parse = (cpu - start) / rounds
  # Partials are parsed once and kept, as a shop would.
  shared = {}
  render = lambda do
    c = context(data, folder)
    c.registers.static[:cached_partials] = shared
    template.render!(c)
  end
  render.call
  start = cpu
  rounds.times { render.call }
  puts "#{theme} #{parse} #{(cpu - start) / rounds}"
end
