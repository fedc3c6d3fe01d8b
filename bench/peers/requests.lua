-- Sends the requests of a file one after the other, round and round. A line: path, then header fields, between tabs.
local requests, at = {}, 0

function init(arguments)
    for line in io.lines(arguments[1]) do
        local target, headers = nil, {}
        for field in line:gmatch("[^\t]+") do
            if target then
                local name, value = field:match("^([^:]+): (.*)$")
                headers[name] = value
            else
                target = field
            end
        end
        requests[#requests + 1] = wrk.format("GET", target, headers)
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary)
    local errors = summary.errors
    io.write(string.format("answers=%d errors=%d\n", summary.requests,
                           errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
