using System.Collections.Concurrent;
using FoodDelivery.Adapters.Payments;
using FoodDelivery.Payments.Ports;
using FoodDelivery.Platform.Messaging.Embedded;
using FoodDelivery.Platform.Storage.Postgres;
using FoodDelivery.Platform.Storage.Sqlite;
using FoodDelivery.Tests.Ports.Postgres;
using FoodDelivery.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FoodDelivery.Tests.Ports.Providers;

/// <summary>The Payment context as its service registers it, on data of its own; nothing runs in the background. What it logs is kept.</summary>
internal sealed class PaymentStand : IAsyncDisposable
{
    private readonly DataFolder _data = new();
    private readonly PostgresPlace? _place;
    private readonly ServiceProvider _services;

    public PaymentStand(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? instead = null, PostgresPlace? place = null)
    {
        _place = place;
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Production });
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", _data.Path),
            new("Storage:Provider", place is null ? "Sqlite" : "Postgres"),
            new("Storage:ConnectionString", place?.Template),
            .. settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new Keeping(Logged));
        builder.Services.AddSqlite().AddPostgres().AddEmbeddedLog();
        builder.AddPayments();
        instead?.Invoke(builder.Services);
        _services = builder.Services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    /// <summary>All that was logged, whatever its level.</summary>
    public ConcurrentQueue<string> Logged { get; } = new();

    public IPaymentProvider Provider => Get<IPaymentProvider>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_place is not null)
            await _place.DisposeAsync();
        _data.Dispose();
    }

    private sealed class Keeping(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
