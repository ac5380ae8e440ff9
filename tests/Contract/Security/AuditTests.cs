using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Contract.Security;

/// <summary>Whatever answers an operator with somebody's data says so in the log.</summary>
[Collection(ClosedPlatform.Name)]
public sealed class AuditTests : IDisposable
{
    private readonly ClosedPlatform _platform;
    private readonly Lines _lines = new();

    public AuditTests(ClosedPlatform platform)
    {
        _platform = platform;
        platform.Log(_lines);
    }

    /// <summary>The routes that are refused when they are asked for another's: those that answer with somebody's data.</summary>
    public static TheoryData<string> Rows => [.. AccessTable.Rows.Where(static row => row.Value.Others != 0).Select(static row => row.Key)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task What_an_operator_is_answered_with_is_written_down_once(string name)
    {
        var row = AccessTable.Rows[name];
        var auditor = $"auditor {Guid.NewGuid():N}";

        var answer = await row.Ask(_platform, _platform.Tokens.For(auditor, "operator"), others: true, lets: true);

        var lines = _lines.Of(auditor);
        if (answer.Status is >= 200 and < 300)
            Assert.Single(lines);
        Assert.True(lines.Count <= 1, string.Join('\n', lines));
        Assert.All(lines, static line => Assert.DoesNotContain("010-1234-5678", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_says_who_and_whose_and_which()
    {
        var order = _platform.Other.Order;
        Assert.Equal(200, (await _platform.Of("Order").Rest("GET", $"/orders/{order}", _platform.Tokens.For("park", "operator"))).Status);
        Assert.Equal(200, (await _platform.Of("Store").Rest("GET", $"/deliveries/{order}", _platform.Tokens.For("park", "operator"))).Status);

        Assert.Collection(
            _lines.Of("park"),
            line => Assert.StartsWith($"1 DataSeen Operator park was let to data of customer bob, number {order}, by HTTP: GET /orders/", line, StringComparison.Ordinal),
            line => Assert.StartsWith($"1 DataSeen Operator park was let to data of store 1, number {order}, by HTTP: GET /deliveries/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_elses_reading_is_written_down()
    {
        var order = _platform.Own.Order;
        Assert.Equal(200, (await _platform.Of("Order").Rest("GET", $"/orders/{order}", _platform.Tokens.For(ClosedPlatform.Alice, "customer"))).Status);
        Assert.Equal(200, (await _platform.Of("Pay").Rest("GET", $"/payments/{_platform.Own.Payment}", _platform.Tokens.For("order", "service"))).Status);

        Assert.Empty(_lines.Of(""));
    }

    public void Dispose() => _lines.Dispose();

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private volatile bool _ended;

        public IReadOnlyList<string> Of(string who) => [.. _lines.Where(line => line.Contains(who, StringComparison.Ordinal))];

        public ILogger CreateLogger(string categoryName) => categoryName == "FoodDelivery.Audit" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => !_ended;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{eventId.Id} {eventId.Name} {formatter(state, exception)}");

        public void Dispose() => _ended = true;
    }
}
