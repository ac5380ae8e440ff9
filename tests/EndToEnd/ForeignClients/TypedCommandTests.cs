using FoodDelivery.Tests.Support;
using FoodDelivery.Tests.Support.Processes;
using FoodDelivery.Tests.Support.Programs;
using Xunit.Abstractions;

namespace FoodDelivery.Tests.EndToEnd.ForeignClients;

/// <summary>What testers of three earlier systems type, each command as it stands, shows what it must.</summary>
[NeedsOutside("http", "siege")]
public sealed class TypedCommandTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<TypedCommand>> Sessions =
        TypedCommand.Read(Path.Combine(NodeModules.Folder, "commands.txt"));

    public static TheoryData<string> Names => new(Sessions.Keys);

    [SuiteTheory]
    [MemberData(nameof(Names))]
    public async Task Each_command_of_a_session_shows_what_it_must(string session)
    {
        var commands = Sessions[session];
        await using var fleet = await Start(apart: commands.Any(static command => command.Control is not null));
        using var terminal = new Terminal(fleet);
        try
        {
            foreach (var command in commands)
                await Obey(command, fleet, terminal);
        }
        finally
        {
            output.WriteLine(fleet.Output);
        }
    }

    private static async Task Obey(TypedCommand command, Fleet fleet, Terminal terminal)
    {
        if (command.Control is { } control)
            await (control.Starts ? fleet[control.Service].Start() : fleet[control.Service].Terminate());
        else if (command.IsSoon)
            await Eventually.Holds(Typed);
        else
            await Typed();

        async Task Typed() => command.IsShownBy(await terminal.Type(command.Text));
    }

    // What is stopped and started needs a process of its own.
    private static async Task<Fleet> Start(bool apart)
    {
        if (!apart)
            return await Fleet.Local(RunningLocal.Unhurried);

        var fleet = await Fleet.Apart(RunningLocal.Unhurried);
        await fleet.JoinProxy();
        return fleet;
    }
}
