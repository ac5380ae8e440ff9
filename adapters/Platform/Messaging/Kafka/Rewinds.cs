using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Platform.Messaging.Kafka;

/// <summary>
/// Sends groups back to the beginning. Kafka lets nobody move a group whose members are active, and whatever one wrote over their offsets they
/// could overwrite again. So a rewind is a record of a topic of its own, which every process follows: with it begins a new group, which
/// has read nothing, and the members of the old one finish what they have in hand and go over. What the old one still commits means nothing any more.
/// </summary>
internal sealed partial class Rewinds : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, GroupGeneration> _generations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _awaited = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly ClientFactory _clients;
    private readonly TopicCreation _topics;
    private readonly Appender _appender;
    private readonly KafkaOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _following;

    public Rewinds(ClientFactory clients, TopicCreation topics, Appender appender, KafkaOptions options, TimeProvider clock, ILogger logger)
    {
        (_clients, _topics, _appender, _options, _time, _logger) = (clients, topics, appender, options, clock, logger);
        _following = Task.Run(Follow, CancellationToken.None);
    }

    /// <summary>The group's present generation; waits until all past rewinds are known.</summary>
    public async Task<GroupGeneration> Current(string topic, string group, CancellationToken cancellation)
    {
        await _known.Task.WaitAsync(_options.Timeout, _time, cancellation);
        return _generations.GetOrAdd(Key(topic, group), static (_, group) => new GroupGeneration(-1, group), group);
    }

    /// <summary>Begins a new generation, and waits until this process knows it.</summary>
    public async Task Add(string topic, string group, CancellationToken cancellation)
    {
        await _topics.Exists(_options.TopicOfRewinds, cancellation);
        var id = Guid.NewGuid().ToString();
        var seen = _awaited.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _appender.Append(_options.TopicOfRewinds, [new LogRecord(Key(topic, group), Encoding.UTF8.GetBytes(id))], cancellation);
            await seen.Task.WaitAsync(_options.Timeout, _time, cancellation);
        }
        finally
        {
            _awaited.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task Follow()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var partitions = await _topics.Exists(_options.TopicOfRewinds, _stop.Token);
                await DedicatedThread.Run("kafka rewinds", () => FollowHere(partitions));
            }
            catch (Exception error) when (!_stop.IsCancellationRequested)
            {
                LogFailed(_logger, error);
                await Task.Delay(Pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void FollowHere(int partitions)
    {
        using var follower = _clients.Follower();
        follower.Assign(Enumerable.Range(0, partitions).Select(number => new TopicPartitionOffset(_options.TopicOfRewinds, number, Offset.Beginning)));
        var unread = Enumerable.Range(0, partitions).ToHashSet();
        while (!_stop.IsCancellationRequested)
        {
            if (follower.Consume(Look) is not { } result)
                continue;

            if (!result.IsPartitionEOF)
            {
                Begin(result.Message.Key, result.Message.Value, result.Offset.Value);
            }
            else if (unread.Remove(result.Partition.Value) && unread.Count == 0)
            {
                _known.TrySetResult();
            }
        }
    }

    // After a failure the list is read from its beginning: what is known already changes nothing.
    private void Begin(string? key, byte[]? id, long position)
    {
        // Not a record of ours.
        if (key is null)
            return;

        var group = key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..];
        GroupGeneration? before = null;
        var generation = _generations.AddOrUpdate(
            key,
            _ => new GroupGeneration(position, group),
            (_, known) =>
            {
                before = known;
                return known.Position < position ? new GroupGeneration(position, group) : known;
            });
        if (before is not null && before != generation)
            before.End();

        if (id is not null && _awaited.TryGetValue(Encoding.UTF8.GetString(id), out var seen))
            seen.TrySetResult();
    }

    // No topic's name has a stroke.
    private static string Key(string topic, string group) => $"{topic}/{group}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The list of rewinds cannot be read for now")]
    private static partial void LogFailed(ILogger logger, Exception error);
}

/// <summary>The time of a group between two rewinds.</summary>
/// <param name="position">The rewind's place in the list of rewinds; -1 before the first.</param>
/// <param name="group">The group's name.</param>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer, and members may still look at its token.")]
internal sealed class GroupGeneration(long position, string group)
{
    private readonly CancellationTokenSource _ended = new();

    public long Position => position;

    /// <summary>What the brokers know the group as: each generation is a group of its own, which therefore starts at the beginning.</summary>
    public string Group => position < 0 ? group : $"{group}.{position}";

    /// <summary>Cancelled by the next rewind.</summary>
    public CancellationToken Ended => _ended.Token;

    public void End() => _ended.Cancel();
}
