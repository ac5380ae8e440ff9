using FoodDelivery.Tests.Support.Rest;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>What every refusal looks like: RFC 9457, and nothing of our insides.</summary>
internal static class Problem
{
    public static void Is(Answer answer)
    {
        Assert.StartsWith("application/problem+json", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(answer.Status, answer.Number("status"));
        Assert.NotEmpty(answer.Word("title"));
        Assert.NotEmpty(answer.Word("detail"));
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
    }
}
