<%@ page extends="org.igniterealtime.openfire.plugin.omemo.admin.RoomsPage" %>
<%@ include file="WEB-INF/parts/page.jspf" %>
<html>
<head>
<title><fmt:message key="console.rooms.title"/></title>
<meta name="pageID" content="omemo-rooms">
<link rel="stylesheet" type="text/css" href="style/omemo.css">
</head>
<body>
<div class="omemo">
<%@ include file="WEB-INF/parts/notice.jspf" %>
<p><fmt:message key="console.rooms.effect"/></p>
<form method="get" action="omemo-rooms.jsp" class="filter">
<label for="text"><fmt:message key="console.rooms.text"/></label>
<input id="text" name="text" maxlength="200" value="<c:out value="${model.query().text()}"/>">
<label for="mode"><fmt:message key="console.rooms.mode"/></label>
<select id="mode" name="mode"><option value=""><fmt:message key="console.rooms.mode.any"/></option>
<c:forEach items="${model.modes()}" var="mode"><option value="<c:out value="${mode}"/>"<c:if test="${mode == model.query().mode()}"> selected</c:if>><fmt:message key="console.rooms.mode.${mode}"/></option></c:forEach></select>
<label for="sort"><fmt:message key="console.rooms.sort"/></label>
<select id="sort" name="sort">
<c:forEach items="${model.query().sorts()}" var="sort"><option value="<c:out value="${sort}"/>"<c:if test="${sort == model.query().sort()}"> selected</c:if>><fmt:message key="console.rooms.sort.${sort}"/></option></c:forEach></select>
<button><fmt:message key="console.rooms.show"/></button>
</form>

<fmt:message key="console.rooms.count" var="text"><fmt:param value="${model.rooms().total()}"/><fmt:param value="${model.all()}"/></fmt:message>
<p><c:out value="${text}"/></p>
<c:choose>
<c:when test="${model.rooms().total() == 0}"><p class="empty"><fmt:message key="${model.all() == 0 ? 'console.rooms.none' : 'console.rooms.none-found'}"/></p></c:when>
<c:otherwise>
<form method="post" action="omemo-rooms.jsp" id="rooms">
<%@ include file="WEB-INF/parts/token.jspf" %>
<input type="hidden" name="text" value="<c:out value="${model.query().text()}"/>">
<input type="hidden" name="mode" value="<c:out value="${model.query().mode()}"/>">
<input type="hidden" name="sort" value="<c:out value="${model.query().sort()}"/>">
<input type="hidden" name="page" value="<c:out value="${model.rooms().page()}"/>">
<table class="list">
<thead><tr>
  <th scope="col"><fmt:message key="console.rooms.room"/></th>
  <th scope="col"><fmt:message key="console.rooms.mode"/></th>
  <th scope="col"><fmt:message key="console.rooms.families"/></th>
  <th scope="col"><fmt:message key="console.rooms.people"/></th>
  <th scope="col"><fmt:message key="console.rooms.readiness"/></th>
  <th scope="col"><fmt:message key="console.rooms.violation"/></th>
  <th scope="col"><fmt:message key="console.rooms.findings"/></th>
</tr></thead>
<tbody>
<c:forEach items="${model.rooms().rows()}" var="row" varStatus="place">
<c:url value="omemo-room.jsp" var="room"><c:param name="room" value="${row.address()}"/></c:url>
<tr>
  <td class="wide"><input type="checkbox" name="room" id="room-<c:out value="${place.index}"/>" value="<c:out value="${row.address()}"/>"<c:if test="${model.selected().contains(row.address())}"> checked</c:if> aria-labelledby="name-<c:out value="${place.index}"/>">
    <a id="name-<c:out value="${place.index}"/>" href="<c:out value="${room}"/>"><bdi><c:out value="${row.address()}"/></bdi></a><c:if test="${row.title() != ''}"><br><small><bdi><c:out value="${row.title()}"/></bdi></small></c:if></td>
  <td data-label="<fmt:message key="console.rooms.mode"/>"><span class="mode <c:out value="${row.mode()}"/>"><fmt:message key="console.rooms.mode.${row.mode()}"/></span><br>
    <small class="wide"><fmt:message key="console.rooms.source.${row.source()}"/><c:if test="${row.source() == 'pattern'}"><c:out value=" "/><code><c:out value="${row.pattern()}"/></code></c:if></small></td>
  <td data-label="<fmt:message key="console.rooms.families"/>"><c:forEach items="${row.families()}" var="family"><span class="family"><c:out value="${family}"/></span> </c:forEach></td>
  <td data-label="<fmt:message key="console.rooms.people"/>" class="count"><c:if test="${row.readiness() != null}"><fmt:formatNumber value="${row.readiness().total()}"/><c:if test="${!row.readiness().isComplete()}">+</c:if></c:if></td>
  <td data-label="<fmt:message key="console.rooms.readiness"/>">
    <c:choose>
    <c:when test="${row.readiness() == null}"><small><fmt:message key="console.rooms.state.${row.state()}"/></small></c:when>
    <c:otherwise>
    <fmt:message key="console.rooms.readiness.${row.readiness().verdict()}" var="text"><fmt:param value="${row.readiness().unable()}"/><fmt:param value="${row.readiness().total()}"/></fmt:message>
    <span class="ready <c:out value="${row.readiness().verdict()}"/>"><c:out value="${text}"/></span>
    <c:if test="${row.readiness().pending() > 0}"><fmt:message key="console.room.pending" var="text"><fmt:param value="${row.readiness().pending()}"/></fmt:message><br><small><c:out value="${text}"/></small></c:if>
    <c:if test="${row.readiness().remote() > 0}"><fmt:message key="console.room.remote" var="text"><fmt:param value="${row.readiness().remote()}"/></fmt:message><br><small><c:out value="${text}"/></small></c:if>
    </c:otherwise>
    </c:choose></td>
  <td data-label="<fmt:message key="console.rooms.violation"/>"><c:choose>
    <c:when test="${row.violation() != ''}"><c:url value="omemo-violations.jsp" var="violations"><c:param name="room" value="${row.address()}"/></c:url><a href="<c:out value="${violations}"/>"><c:out value="${row.violation()}"/></a></c:when>
    <c:otherwise><small><fmt:message key="console.rooms.violation.${frame.missing() == null ? 'none' : 'unknown'}"/></small></c:otherwise></c:choose></td>
  <td data-label="<fmt:message key="console.rooms.findings"/>"><c:forEach items="${row.findings()}" var="finding"><span class="warning"><fmt:message key="console.rooms.finding.${finding}"/></span> </c:forEach></td>
</tr>
</c:forEach>
</tbody>
</table>
<fieldset><legend><fmt:message key="console.rooms.change"/></legend>
<label for="change"><fmt:message key="console.rooms.mode"/></label>
<select id="change" name="change">
<c:forEach items="${model.modes()}" var="mode"><option value="<c:out value="${mode}"/>"<c:if test="${mode == (model.change() == '' ? 'observe' : model.change())}"> selected</c:if>><fmt:message key="console.rooms.mode.${mode}"/></option></c:forEach></select>
<button name="action" value="set-mode" class="main"><fmt:message key="console.save"/></button>
<c:set var="problem" value="${model.problem()}"/><c:set var="field" value="change"/><%@ include file="WEB-INF/parts/problem.jspf" %>
<p><small><fmt:message key="console.rooms.change.effect"/></small></p>
</fieldset>
</form>
<c:set var="pagerLink" value="${model.query().link()}"/><c:set var="excerpt" value="${model.rooms()}"/><%@ include file="WEB-INF/parts/pager.jspf" %>
</c:otherwise>
</c:choose>
</div>
</body>
</html>
