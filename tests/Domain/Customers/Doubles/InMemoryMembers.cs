using FoodDelivery.Customers;
using FoodDelivery.Customers.Ports;
using FoodDelivery.Kernel;

namespace FoodDelivery.Tests.Domain.Customers.Doubles;

/// <summary>Members and points in memory; each is kept as a copy, so that nobody changes what is kept without saving it.</summary>
internal sealed class InMemoryMembers : IMembers, IPoints, IMembershipNumbers
{
    private readonly Dictionary<MembershipNumber, Member> _members = [];
    private readonly Dictionary<RequestKey, (MembershipNumber Number, string Fingerprint)> _requests = [];
    private readonly List<PointsChange> _changes = [];
    private readonly HashSet<string> _inbox = [];
    private long _drawn = 10_000_000_000;

    /// <summary>Runs once before the next save: another writer.</summary>
    public Func<Task>? BeforeNextSave { get; set; }

    /// <summary>What is drawn next instead of a fresh number.</summary>
    public Queue<MembershipNumber> Drawn { get; } = new();

    public IReadOnlyList<PointsChange> Changes => _changes;

    public MembershipNumber Draw() => Drawn.TryDequeue(out var number) ? number : MembershipNumber.Of(_drawn++);

    public Task<Member?> Find(MembershipNumber number, CancellationToken cancellation) =>
        Task.FromResult(_members.TryGetValue(number, out var kept) ? Copy(kept) : null);

    public Task<IReadOnlyList<MembershipNumber>> Of(string customerId, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<MembershipNumber>>([.. _members.Values.Where(member => member.CustomerId == customerId).Select(static member => member.Number)]);

    public Task<RequestedMember?> Find(RequestKey key, CancellationToken cancellation) => Task.FromResult(
        _requests.TryGetValue(key, out var request) ? Requested(Copy(_members[request.Number]), request.Fingerprint) : null);

    public async Task<bool> Add(Member member, KeyedSignUp? request, MessageContext context, CancellationToken cancellation)
    {
        await Meanwhile();
        if (_members.ContainsKey(member.Number) || (request is not null && _requests.ContainsKey(request.Key)))
            return false;
        _members.Add(member.Number, Copy(member));
        if (request is not null)
            _requests.Add(request.Key, (member.Number, request.Fingerprint));
        return true;
    }

    public async Task Save(Member member, MessageContext context, CancellationToken cancellation)
    {
        await Meanwhile();
        if (_members[member.Number].Version != member.LoadedVersion)
            throw new ConcurrencyException();
        _members[member.Number] = Copy(member);
    }

    public Task<OrderPoints> Of(OrderId order, CancellationToken cancellation) =>
        Task.FromResult(OrderPoints.Load(order, _changes.FindLast(change => change.Order == order)));

    public async Task Save(OrderPoints points, MessageContext context, CancellationToken cancellation)
    {
        await Meanwhile();
        if (!_inbox.Add(context.Id))
            return;
        foreach (var change in points.Raised.Cast<PointsChange>())
        {
            if (_changes.Exists(known => known.Order == change.Order && known.Version == change.Version))
            {
                _inbox.Remove(context.Id);
                throw new ConcurrencyException();
            }

            _changes.Add(change);
        }
    }

    public Task<PointsAccount> Account(MembershipNumber member, long page, int size, CancellationToken cancellation) =>
        Task.FromResult(new PointsAccount(member, Sum(member), Listed.Of(_changes.FindAll(change => change.Member == member), _changes.Count)));

    public long Sum(MembershipNumber member) => _changes.Where(change => change.Member == member).Sum(static change => change.Points);

    private static RequestedMember Requested(Member member, string fingerprint) =>
        new(member, member.WithdrawnAt is null ? fingerprint : null);

    private static Member Copy(Member member) => Member.Load(
        member.Number, member.CustomerId, member.Profile, member.SignedUpAt, member.WithdrawnAt, member.Version, member.PhoneConfirmedAt);

    private async Task Meanwhile()
    {
        var meanwhile = BeforeNextSave;
        BeforeNextSave = null;
        if (meanwhile is not null)
            await meanwhile();
    }
}
