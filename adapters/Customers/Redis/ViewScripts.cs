using FoodDelivery.Platform.Storage.Redis;

namespace FoodDelivery.Adapters.Customers.Redis;

/// <summary>
/// What Redis does in one step. <c>KEYS[1]</c> is the hash that says which generation serves and which is being built, and in which life of the
/// server each was begun; a generation's own keys begin with it and the generation's number.
/// </summary>
internal static class ViewScripts
{
    // A server that was started or promoted has another life, and may lack what the one before had accepted.
    private const string Life =
        """
        local function life()
            local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
            local history = string.match(redis.call('INFO', 'replication'), 'master_replid:(%w+)')
            return run .. (history or '')
        end

        """;

    private const string Members =
        """
        local answer = {redis.call('ZCARD', index)}
        for position, member in ipairs(members) do
            answer[position + 1] = redis.call('HGETALL', KEYS[1] .. ':' .. serving .. ':order:' .. member)
        end
        return answer
        """;

    private const string Index =
        """
        local serving = redis.call('HGET', KEYS[1], 'serving')
        if not serving then return false end
        local index = KEYS[1] .. ':' .. serving .. ':' .. ARGV[1]

        """;

    private const string Begin =
        """
        local now = life()
        local state = redis.call('HMGET', KEYS[1], 'serving', 'serving-life', 'building', 'building-life', 'started')
        local serves, built = state[1] and state[2] == now, state[3] and state[4] == now
        if not built and not (ARGV[2] == 'if lost' and serves) then
            if state[3] then redis.call('SADD', KEYS[1] .. ':retired', state[3]) end
            local time = redis.call('TIME')
            local number = math.max(tonumber(time[1]) * 1000000 + tonumber(time[2]), tonumber(state[1] or 0) + 1)
            redis.call('HSET', KEYS[1], 'building', string.format('%.0f', number), 'building-life', now, 'started', ARGV[1])
            return {1, state[1] and 1 or 0}
        end
        return {0, state[1] and 1 or 0}
        """;

    /// <summary>An order's fields: none if it is not known, null if no generation serves. ARGV: the order.</summary>
    public static readonly RedisScript Find = new("find",
        """
        local serving = redis.call('HGET', KEYS[1], 'serving')
        if not serving then return false end
        return redis.call('HGETALL', KEYS[1] .. ':' .. serving .. ':order:' .. ARGV[1])
        """);

    /// <summary>The newest versions of orders, null for one that is not known; null if no generation serves. ARGV: the orders.</summary>
    public static readonly RedisScript Versions = new("versions",
        """
        local serving = redis.call('HGET', KEYS[1], 'serving')
        if not serving then return false end
        local answer = {}
        for position, member in ipairs(ARGV) do
            answer[position] = redis.call('HGET', KEYS[1] .. ':' .. serving .. ':order:' .. member, 'version')
        end
        return answer
        """);

    /// <summary>How many an index has, and the fields of some of its orders, newest first. ARGV: the index, the upper bound, how many.</summary>
    public static readonly RedisScript Newest = new("newest",
        $"{Index}local members = redis.call('ZREVRANGEBYLEX', index, ARGV[2], '-', 'LIMIT', 0, ARGV[3])\n{Members}");

    /// <summary>The same by places. ARGV: the index, the first and the last place from 0, and the command that counts them from one end or the other.</summary>
    public static readonly RedisScript Page = new("page", $"{Index}local members = redis.call(ARGV[4], index, ARGV[2], ARGV[3])\n{Members}");

    /// <summary>
    /// Applies a change to every generation there is; 0 if there is none. It does what OrderStatusView.After does, in one round trip: the change takes its place in
    /// the history, and if it is newer than what the order is at, the order moves on. The order's own version comes last, so that whatever interrupts the script
    /// is repaired by running it again.
    /// ARGV: the order, the version, the change, the customer, and the other fields by name and value.
    /// </summary>
    public static readonly RedisScript Apply = new("apply",
        """
        local applied = 0
        for _, generation in ipairs(redis.call('HMGET', KEYS[1], 'serving', 'building')) do
            if generation then
                local root = KEYS[1] .. ':' .. generation
                local order = root .. ':order:' .. ARGV[1]
                local known = redis.call('HMGET', order, 'version', 'customer')
                redis.call('HSETNX', order, 'change:' .. ARGV[2], ARGV[3])
                if not known[1] or tonumber(known[1]) < tonumber(ARGV[2]) then
                    if known[2] and known[2] ~= ARGV[4] then redis.call('ZREM', root .. ':customer:' .. known[2], ARGV[1]) end
                    redis.call('ZADD', root .. ':customer:' .. ARGV[4], 0, ARGV[1])
                    redis.call('ZADD', root .. ':orders', 0, ARGV[1])
                    redis.call('HSET', order, 'customer', ARGV[4], unpack(ARGV, 5))
                    redis.call('HSET', order, 'version', ARGV[2])
                end
                applied = applied + 1
            end
        end
        return applied
        """);

    /// <summary>An order's fields in each generation that knows it. ARGV: the order.</summary>
    public static readonly RedisScript Everywhere = new("everywhere",
        """
        local answer = {}
        for _, generation in ipairs(redis.call('HMGET', KEYS[1], 'serving', 'building')) do
            if generation then answer[#answer + 1] = redis.call('HGETALL', KEYS[1] .. ':' .. generation .. ':order:' .. ARGV[1]) end
        end
        return answer
        """);

    /// <summary>Writes other values over fields of an order that are there, in every generation. ARGV: the order, and the fields by name and value.</summary>
    public static readonly RedisScript Overwrite = new("overwrite",
        """
        for _, generation in ipairs(redis.call('HMGET', KEYS[1], 'serving', 'building')) do
            if generation then
                local order = KEYS[1] .. ':' .. generation .. ':order:' .. ARGV[1]
                for field = 2, #ARGV, 2 do
                    if redis.call('HEXISTS', order, ARGV[field]) == 1 then redis.call('HSET', order, ARGV[field], ARGV[field + 1]) end
                end
            end
        end
        return 1
        """);

    /// <summary>
    /// Begins a generation unless one is being built in this life of the server. ARGV: the time, and 'if lost' to begin it only if the one that serves is of
    /// another life or missing. Answers whether it was begun, and whether another serves.
    /// </summary>
    public static readonly RedisScript BeginRebuild = new("begin", Life + Begin);

    /// <summary>The generation that is being built in this life of the server, and when it was begun; null if there is none.</summary>
    public static readonly RedisScript CurrentRebuild = new("current", Life +
        """
        local state = redis.call('HMGET', KEYS[1], 'building', 'started', 'building-life')
        if not state[1] or state[3] ~= life() then return false end
        return {state[1], state[2]}
        """);

    /// <summary>Lets a generation serve, if it is the one being built and the server has lived since. ARGV: its number.</summary>
    public static readonly RedisScript CompleteRebuild = new("complete", Life +
        """
        local state = redis.call('HMGET', KEYS[1], 'building', 'building-life', 'serving')
        if state[1] ~= ARGV[1] or state[2] ~= life() then return 0 end
        if state[3] then redis.call('SADD', KEYS[1] .. ':retired', state[3]) end
        redis.call('HSET', KEYS[1], 'serving', state[1], 'serving-life', state[2])
        redis.call('HDEL', KEYS[1], 'building', 'building-life', 'started')
        return 1
        """);

    /// <summary>Whether a generation serves: 1 or 0.</summary>
    public static readonly RedisScript Serves = new("serves", "return redis.call('HEXISTS', KEYS[1], 'serving')");

    /// <summary>The server's <c>maxmemory-policy</c>.</summary>
    public static readonly RedisScript EvictionPolicy = new("policy", "return string.match(redis.call('INFO', 'memory'), 'maxmemory_policy:(%S+)')");

    /// <summary>Drops a portion of the generations that serve no more; 0 when nothing is left of them.</summary>
    public static readonly RedisScript Drop = new("drop",
        """
        local generation = redis.call('SRANDMEMBER', KEYS[1] .. ':retired')
        if not generation then return 0 end
        local root = KEYS[1] .. ':' .. generation
        local members = redis.call('ZRANGE', root .. ':orders', 0, 499)
        for _, member in ipairs(members) do
            local order = root .. ':order:' .. member
            redis.call('UNLINK', root .. ':customer:' .. (redis.call('HGET', order, 'customer') or ''), order)
        end
        redis.call('ZREMRANGEBYRANK', root .. ':orders', 0, 499)
        if #members == 0 then redis.call('SREM', KEYS[1] .. ':retired', generation) end
        return 1
        """);
}
