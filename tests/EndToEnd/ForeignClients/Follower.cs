using System.Collections.Concurrent;
using System.Diagnostics;
using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>A Python program that follows the status events on Kafka; what it prints is its messages.</summary>
internal sealed class Follower : IDisposable
{
    public const string Python = "/usr/bin/python3";
    private static readonly TimeSpan EndBound = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly ConcurrentQueue<string> _errors = new();

    public Follower(string brokers, DescriptorSet descriptors, string memory)
    {
        _process = OutsideProgram.Start(Python, [Path.Combine(NodeModules.Folder, "follow.py"), brokers, descriptors.File, memory]);
        _process.OutputDataReceived += (_, line) => Keep(_messages, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until it has told the last of these, and demands that it has told them all, in this order and nothing else.</summary>
    public Task Tells(params string[] messages) => Eventually.Holds(() =>
    {
        Assert.True(!_process.HasExited, string.Join(Environment.NewLine, _errors));
        Assert.Equal(messages, _messages);
        return Task.CompletedTask;
    });

    /// <summary>Has it end as an operating system asks for it.</summary>
    public async Task Stop()
    {
        Signals.AskToEnd(_process);
        await _process.WaitForExitAsync().WaitAsync(EndBound);
        Assert.True(_process.ExitCode == 0, string.Join(Environment.NewLine, _errors));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
            lines.Enqueue(line);
    }
}
