# Asks Ruby for the table that time_test.cc reads: ruby tests/dates/ask_ruby.rb > tests/dates/ruby.tsv
# A line is zone, input, format and what the filter `date` makes of them, with tabs between.
require "time"

# Made anew each time: a Time remembers the zone that it was shown in.
def now = Time.at(1_700_000_000) # 2023-11-14 22:13:20 UTC

# Shopify/liquid's Utils.to_date, with a clock that stands.
def to_date(text)
  return nil if text.empty?
  text = text.downcase
  case text
  when "now", "today" then now
  when /\A\d+\z/ then Time.at(text.to_i)
  else Time.parse(text, now)
  end
rescue ArgumentError
  nil
end

def ask(zone, input, format)
  ENV["TZ"] = zone
  time = to_date(input)
  answer = time ? time.strftime(format) : input
rescue ArgumentError => e
  answer = "Liquid error (line 1): #{e.message}" # the reference makes an error of its own of it
ensure
  puts [zone, input, format, answer].join("\t")
end

FULL = "%Y-%m-%dT%H:%M:%S.%L %z %Z"

INPUTS = File.readlines(File.join(__dir__, "inputs.txt"), chomp: true).reject { |line| line.empty? || line.start_with?("#") }
INPUTS.each { |input| ask("UTC", input, FULL) }
SHIFTS = ["2021-03-28 02:30", "2021-10-31 02:30", "2021-03-14 02:30", "2021-11-07 01:30", "12.25", "10:00", "Jan 5"]
["Europe/Berlin", "America/New_York"].each { |zone| SHIFTS.each { |input| ask(zone, input, FULL) } }
INPUTS.each_slice(3) { |inputs| ask("Europe/Berlin", inputs[0], FULL) }
INPUTS.each_slice(4) { |inputs| ask("America/New_York", inputs[1] || inputs[0], FULL) }

MOMENTS = ["2021-03-04 05:06:07.089 +0530", "1999-12-31 23:59:59 -0930", "2000-01-01 00:00:00 GMT", "-0044-03-15 12:00", "2016-02-29 13:00:00 -0001"]
FLAGS = ["", "-", "0", "_", "^", "#", "10", "-10", "_10", "010", "^10", "#10", "1"]
LETTERS = %w[Y C y m B b h d e j H k I l P p M S L N z :z ::z Z A a u w G g V U W s n t % c D x F v r R T X + Q E i]
MOMENTS.first(2).each { |moment| LETTERS.each { |letter| FLAGS.each { |flag| ask("UTC", moment, "[%#{flag}#{letter}]") unless "nt".include?(letter) } } }
ODD = ["%:::z", "%::::z", "%-z", "%-:z", "%_z", "%_:z", "%_10z", "%-10z", "%_10:z", "%-::z", "%_::z", "%010:z", "%10:::z", "%-:::z", "%_:::z", "%#c", "%^c", "%#x", "%#p", "%^p", "%#P", "%^B %#B %#a", "%Ey", "%EY", "%Od", "%EQ", "%Oz", "%E", "%", "%%%", "%-", "%10", "%:", "%:Y", "%z:", "%3N %6N %9N %12N %1L %24N", "%-m/%-d/%-y", "%e %k %l", "%010d|%_5d|%-5d", "%10%", "%-%", "%^%", "é %d ü", "%é", "%10é", "%c|%D|%F|%v|%r|%R|%T|%X|%+", "%20c|%020F|%-20F", "%^20b", "%+10d", "% d", "%s %10s %-s", "%_Y %_C %_G", "%G-W%V-%u", "%U %W %j", "%y %g", "%h %-I %-H"]
MOMENTS.each { |moment| ODD.each { |format| ask("UTC", moment, format) } }
["%-z", "%-:z", "%_-z", "%-_z", "%-_6z", "%-10z", "%-:::z", "%z"].each { |format| ["2000-01-01 00:00:00 UTC", "2000-01-01T00:00:00Z", "2000-01-01 00:00 +0000", "2000-01-01 00:00 -0000"].each { |moment| ask("UTC", moment, format) } }
ODD.first(8).each { |format| ask("Europe/Berlin", "2021-07-01 12:00", format) }
