using System.Collections.Frozen;

namespace FoodDelivery.Customers.NotifyingOfChanges;

/// <summary>
/// The reasons that no person has written: the stores' software says them in English. Whatever a person wrote stays as it is.
/// </summary>
internal static class StoreReasons
{
    private static readonly FrozenDictionary<string, string> Korean = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["The order is already accepted."] = "가게가 이미 주문을 접수했습니다.",
        ["The order is already being cooked."] = "이미 조리를 시작했습니다.",
        ["The order is already cooked."] = "이미 조리가 끝났습니다.",
        ["The order is already being delivered."] = "이미 배달을 시작했습니다.",
        ["The order is already delivered."] = "이미 배달되었습니다.",
        ["The order is already picked up."] = "이미 찾아가셨습니다.",
        ["The order is already rejected."] = "가게가 이미 주문을 거절했습니다.",
        ["The order is already cancelled."] = "이미 취소되었습니다.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string In(Language language, string reason) =>
        language == Language.Korean ? Korean.GetValueOrDefault(reason, reason) : reason;
}
